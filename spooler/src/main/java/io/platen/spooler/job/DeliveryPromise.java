package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** What a printer's queue does with a job that may or may not have been printed. */
public enum DeliveryPromise {
    /** The job is sent again: it is never lost, but may be printed twice. */
    AT_LEAST_ONCE,
    /** The job is held for the operator: it is never printed twice. */
    AT_MOST_ONCE;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
