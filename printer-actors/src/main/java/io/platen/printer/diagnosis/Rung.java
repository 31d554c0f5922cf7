package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;

/** The delivery ladder: how far a document is known to have come, from the lowest rung to the highest. */
public enum Rung {
    /** Our kernel took every byte. That says nothing about the printer. */
    WRITTEN,
    /** The printer's TCP acknowledged every byte. */
    ACKNOWLEDGED,
    /** The printer's TCP acknowledged every byte, and both ends closed the connection in order. */
    CLOSED,
    /** The printer reported the labels as printed. */
    PRINTED;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }

    /** Whether this rung is at least as high as the other. */
    public boolean reaches(Rung wanted) {
        return compareTo(wanted) >= 0;
    }
}
