package io.platen.spooler.job;

import io.platen.printer.AttemptId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue's state as it is stored: plain lists, without the indexes. A file format, like the events. */
public record QueueSnapshot(
        @Nullable PrinterProfile profile,
        boolean paused,
        @Nullable Integer stoppedOn,
        @Nullable AttemptId underWay,
        @Nullable JobAttempt lastFailure,
        @Nullable Instant lastDeliveredAt,
        Instant stateSince,
        int lastJob,
        long events,
        List<PrintJob> jobs) {

    /** For storing. */
    public static QueueSnapshot of(QueueState state) {
        return new QueueSnapshot(
                state.profile(),
                state.paused(),
                state.stoppedOn(),
                state.underWay(),
                state.lastFailure(),
                state.lastDeliveredAt(),
                state.stateSince(),
                state.lastJob(),
                state.events(),
                List.copyOf(state.jobs().all()));
    }

    /** The state again. */
    public QueueState restore(int finishedJobsKept) {
        return new QueueState(
                profile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                lastDeliveredAt,
                stateSince,
                lastJob,
                events,
                JobTable.of(finishedJobsKept, jobs));
    }
}
