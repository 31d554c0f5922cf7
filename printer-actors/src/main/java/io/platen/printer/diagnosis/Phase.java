package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far an attempt had come when it failed. */
public enum Phase {
    /** No connection yet. */
    CONNECT,
    /** Print data was under way. */
    SEND,
    /** Every byte was sent; the connection was being closed. */
    CLOSE,
    /** Every byte was acknowledged; the printer's report of the printed labels was awaited. */
    CONFIRM,
    /** Independent of the phase: the failure was on this host, not on the connection. */
    LOCAL;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
