package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** Where a job is in its life (RFC 8011, section 5.3.7). */
public enum JobState {
    PENDING,
    PENDING_HELD,
    PROCESSING,
    PROCESSING_STOPPED,
    CANCELED,
    ABORTED,
    COMPLETED;

    /** Whether nothing more will happen to it. */
    public boolean isFinished() {
        return this == CANCELED || this == ABORTED || this == COMPLETED;
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
