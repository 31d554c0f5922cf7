package io.platen.spooler.job;

import io.platen.printer.AttemptId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue's state as it is stored: plain lists, without the indexes. A file format, like the events.
 *
 * @param jobs those that are unfinished or in failure storage; as written first, all
 * @param finished all others
 * @param seen what else the latest deliveries have shown; null as written by versions before it was kept
 */
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
        List<PrintJob> jobs,
        FinishedJobs finished,
        @Nullable LastSeen seen) {

    public QueueSnapshot {
        finished = Objects.requireNonNullElse(finished, FinishedJobs.NONE);
    }

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
                state.jobs().current().toList(),
                state.jobs().over(),
                state.seen());
    }

    /** The state again. */
    public QueueState restore(int finishedJobsKept) {
        var all = new ArrayList<KeptJob>(jobs);
        all.addAll(finished.jobs());
        return new QueueState(
                profile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                seen == null ? LastSeen.NOTHING.delivered(lastDeliveredAt) : seen,
                stateSince,
                lastJob,
                events,
                JobTable.of(finishedJobsKept, all));
    }
}
