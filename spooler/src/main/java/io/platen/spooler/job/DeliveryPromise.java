package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** What a printer's queue promises of each job that is in doubt. */
public enum DeliveryPromise {
    /** It is sent again: never lost, perhaps printed twice. */
    AT_LEAST_ONCE,
    /** It is held for the operator: never printed twice. */
    AT_MOST_ONCE;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
