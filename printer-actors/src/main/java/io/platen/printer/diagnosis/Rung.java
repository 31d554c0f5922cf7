package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;

/** The delivery ladder: how far a document is known to have come. Order is rising. */
public enum Rung {
    /** Our kernel took every byte. It says nothing about the printer. */
    WRITTEN,
    /** The printer's TCP acknowledged every byte. */
    ACKNOWLEDGED,
    /** And both ends closed the connection in order. */
    CLOSED,
    /** And the printer reported the labels printed. */
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
