package io.platen.printer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** Whether a connection serves one job or many. */
public enum ConnectionPolicy {
    /** A fresh connection for each job, closed in order after it. */
    PER_JOB,
    /** One connection for job after job; judged when the last byte is acknowledged. */
    KEEP_OPEN;

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
