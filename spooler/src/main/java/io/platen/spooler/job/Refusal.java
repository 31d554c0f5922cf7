package io.platen.spooler.job;

/** Why a request is refused. */
public enum Refusal {
    NO_SUCH_PRINTER,
    NO_SUCH_JOB,
    NO_SUCH_FAILURE,
    /** The job's or printer's state does not allow it. */
    WRONG_STATE,
    /** The printer still has unfinished or failed jobs. */
    JOBS_LEFT,
    /** The printer is not what the request's condition says. */
    CHANGED,
    /** The idempotency key was used for a different job. */
    KEY_REUSED,
    QUEUE_FULL,
    TOO_MANY_PRINTERS,
    /** The journal cannot store the events of the request. */
    UNSTORABLE,
    /** The disk is full. */
    STORE_FULL,
    /** The queue could not answer in time. Whether the request was carried out is not known. */
    UNAVAILABLE
}
