package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who ended the connection. */
public enum EndedBy {
    PRINTER,
    NETWORK,
    /** The machine that Platen runs on: its disk, its ports, its kernel. */
    THIS_HOST,
    /** Platen itself decided to end it. */
    PLATEN;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
