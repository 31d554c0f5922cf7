package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** Why a job is in its state: IPP's keywords (RFC 8011, section 5.3.8), and ours where it has none. */
public enum JobReason {
    JOB_HOLD_UNTIL_SPECIFIED,
    JOB_CANCELED_BY_USER,
    JOB_COMPLETED_SUCCESSFULLY,
    JOB_COMPLETED_WITH_WARNINGS,
    ABORTED_BY_SYSTEM,
    PRINTER_STOPPED,
    /** Ours: bytes may have been printed; the operator decides. */
    DELIVERY_IN_DOUBT,
    /** Ours: in failure storage. */
    QUARANTINED,
    /** Ours: taken out of failure storage as a new job. */
    RESUBMITTED,
    /** Ours: taken out of failure storage for good. */
    DISCARDED,
    /** Ours: on its way to another printer. */
    MOVING,
    /** Ours: now another printer's job. */
    MOVED,
    /** Ours, beside the others in every state, and never stored: it follows from the job's document. */
    DOCUMENT_FORMAT_INCOMPLETE;

    /** Whether a job that has it waits to be released. */
    boolean holds() {
        return switch (this) {
            case JOB_HOLD_UNTIL_SPECIFIED, DELIVERY_IN_DOUBT -> true;
            case JOB_CANCELED_BY_USER,
                    JOB_COMPLETED_SUCCESSFULLY,
                    JOB_COMPLETED_WITH_WARNINGS,
                    ABORTED_BY_SYSTEM,
                    PRINTER_STOPPED,
                    QUARANTINED,
                    RESUBMITTED,
                    DISCARDED,
                    MOVING,
                    MOVED,
                    DOCUMENT_FORMAT_INCOMPLETE -> false;
        };
    }

    /** The stored and shown name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
