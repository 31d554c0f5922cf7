package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Keywords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose fault a failed attempt was, which decides what the queue does. */
public enum Verdict {
    /** The printer cannot be reached. The job stays first, and the connection backs off. */
    AWAY("The job stays first in the queue and is sent as soon as the printer can be reached again."),
    /** A temporary fault. The same job is sent again over a fresh connection. */
    PASSING("The job is sent again over a fresh connection after a short pause."),
    /** The printer may have printed the job, once or as often as allowed. The job is held for the operator. */
    IN_DOUBT("The job is held until an operator releases or cancels it; the queue goes on with the next job."),
    /** The job itself is at fault. It goes to failure storage, and the next job is sent. */
    POISONED("The job is in failure storage, to be resubmitted or discarded; the queue goes on with the next job."),
    /** The printer is at fault. The queue stops on this job and probes the printer. */
    UNWELL("The queue has stopped on this job. The job is sent again when the printer says that it is well or, where it"
            + " does not say, when a connection to it holds.");

    private final String next;

    Verdict(String next) {
        this.next = next;
    }

    /** Says in one or two sentences what happens next. */
    public String next() {
        return next;
    }

    /** The API's word for whose fault it was: {@code job}, {@code printer}, {@code network} or {@code in-doubt}. */
    public String fault(EndedBy endedBy) {
        return switch (this) {
            case POISONED -> "job";
            case IN_DOUBT -> "in-doubt";
            case AWAY, PASSING, UNWELL -> endedBy == EndedBy.NETWORK ? "network" : "printer";
        };
    }

    /**
     * The job after this verdict. The queue stops on one job only: another job that fails during that time keeps its turn.
     */
    PrintJob follow(PrintJob ended, @Nullable Integer stoppedOn, Instant at) {
        boolean isStopped = stoppedOn != null && stoppedOn == ended.number();
        boolean otherIsStopped = stoppedOn != null && !isStopped;
        return switch (this) {
            case AWAY -> isStopped ? stopped(ended, at) : ended.to(JobState.PENDING, at);
            case PASSING -> ended.to(JobState.PENDING, at);
            case IN_DOUBT -> ended.to(JobState.PENDING_HELD, at, JobReason.DELIVERY_IN_DOUBT);
            case POISONED -> ended.quarantined(at);
            case UNWELL -> otherIsStopped ? ended.to(JobState.PENDING, at) : stopped(ended, at);
        };
    }

    private static PrintJob stopped(PrintJob ended, Instant at) {
        return ended.to(JobState.PROCESSING_STOPPED, at, JobReason.PRINTER_STOPPED);
    }

    /** The stored name. */
    @JsonValue
    public String keyword() {
        return Keywords.of(this);
    }
}
