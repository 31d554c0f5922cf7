package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** The state of a job (RFC 8011, section 5.3.7). */
public enum JobState {
    PENDING,
    PENDING_HELD,
    PROCESSING,
    PROCESSING_STOPPED,
    CANCELED,
    ABORTED,
    COMPLETED;

    /** Whether the job will not be sent any more. */
    public boolean isFinished() {
        return this == CANCELED || this == ABORTED || this == COMPLETED;
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
