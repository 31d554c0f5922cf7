package io.platen.spooler.job;

/** Why a request is refused. */
public enum Refusal {
    NO_SUCH_PRINTER,
    NO_SUCH_JOB,
    NO_SUCH_FAILURE,
    /** The job's or printer's state does not allow it. */
    WRONG_STATE,
    /** A printer with jobs left. */
    JOBS_LEFT,
    CHANGED,
    /** An idempotency key that was used with other content. */
    KEY_REUSED,
    QUEUE_FULL,
    TOO_MANY_PRINTERS,
    /** The journal refuses what the request asks for: it cannot be written down. */
    UNSTORABLE,
    /** The disk is full. */
    STORE_FULL,
    /** The entity could not take it now; whether it was done is not known. */
    UNAVAILABLE
}
