package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;

/** How sure Platen is who ended the connection. A box in between can forge what a printer sends. */
public enum Confidence {
    CERTAIN,
    LIKELY,
    UNKNOWN;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
