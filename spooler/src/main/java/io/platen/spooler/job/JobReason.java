package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.Keywords;

/** Why a job is in its state: IPP's keywords (RFC 8011, section 5.3.8), and Platen's own where IPP has none. */
public enum JobReason {
    JOB_HOLD_UNTIL_SPECIFIED,
    JOB_CANCELED_BY_USER,
    JOB_COMPLETED_SUCCESSFULLY,
    JOB_COMPLETED_WITH_WARNINGS,
    ABORTED_BY_SYSTEM,
    PRINTER_STOPPED,
    /** Platen's own: labels may have been printed, so the operator decides. */
    DELIVERY_IN_DOUBT,
    /** Platen's own: the job is in failure storage. */
    QUARANTINED,
    /** Platen's own: the job left failure storage as a new job. */
    RESUBMITTED,
    /** Platen's own: the job left failure storage for good. */
    DISCARDED,
    /** Platen's own: the job is being moved to another printer. */
    MOVING,
    /** Platen's own: the job was moved to another printer. */
    MOVED,
    /** Platen's own, in every state beside other reasons. Never stored, because it follows from the document. */
    DOCUMENT_FORMAT_INCOMPLETE;

    /** Whether a job with this reason waits to be released. */
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
