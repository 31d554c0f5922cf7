package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far an attempt had come when it failed. */
public enum Phase {
    /** No connection yet. */
    CONNECT,
    /** Print data was under way. */
    SEND,
    /** Everything was sent; the connection was being closed. */
    CLOSE,
    /** The line was closed; the printer's own confirmation was awaited. */
    CONFIRM,
    /** On this side of the socket. */
    LOCAL;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
