package io.platen.spooler.snapshot;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.platen.printer.AttemptId;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.JobTable;
import io.platen.spooler.job.KeptJob;
import io.platen.spooler.job.LastSeen;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A queue's state as it is stored: plain lists without indexes. A file format, like the events.
 *
 * @param jobs the jobs that are unfinished or in failure storage
 * @param finished all other jobs, oldest first
 */
public record QueueSnapshot(
        @Nullable PrinterProfile profile,
        boolean paused,
        @Nullable Integer stoppedOn,
        @Nullable AttemptId underWay,
        @Nullable JobAttempt lastFailure,
        Instant stateSince,
        int lastJob,
        long events,
        List<PrintJob> jobs,

        @JsonSerialize(contentUsing = PackedJobs.Writer.class) @JsonDeserialize(contentUsing = PackedJobs.Reader.class)
        List<KeptJob> finished,

        LastSeen seen) {

    public static QueueSnapshot of(QueueState state) {
        return new QueueSnapshot(
                state.profile(),
                state.paused(),
                state.stoppedOn(),
                state.underWay(),
                state.lastFailure(),
                state.stateSince(),
                state.lastJob(),
                state.events(),
                state.jobs().current().toList(),
                state.jobs().over(),
                state.seen());
    }

    public QueueState restore(int finishedJobsKept) {
        var all = new ArrayList<KeptJob>(jobs);
        all.addAll(finished);
        return new QueueState(
                profile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                seen,
                stateSince,
                lastJob,
                events,
                JobTable.of(finishedJobsKept, all));
    }

    /**
     * Whether the other snapshot has the same state. Only finished jobs that both have are compared: the configured number of
     * kept jobs may have changed between the snapshots.
     */
    public boolean agreesWith(QueueSnapshot other) {
        Set<Integer> both = numbers();
        both.retainAll(other.numbers());
        return withFinished(List.of()).equals(other.withFinished(List.of()))
                && known(both).equals(other.known(both));
    }

    private QueueSnapshot withFinished(List<KeptJob> others) {
        return new QueueSnapshot(
                profile, paused, stoppedOn, underWay, lastFailure, stateSince, lastJob, events, jobs, others, seen);
    }

    private Set<Integer> numbers() {
        return finished.stream().map(KeptJob::number).collect(Collectors.toCollection(HashSet::new));
    }

    private List<Known> known(Set<Integer> numbers) {
        return finished.stream()
                .filter(job -> numbers.contains(job.number()))
                .map(Known::of)
                .toList();
    }

    /** What is stored beside a finished job's row, and the row's job. A damaged snapshot may differ in either. */
    private record Known(
            @Nullable String ownKey, @Nullable Instant endedAt, boolean watched, String documentId, PrintJob job) {
        static Known of(KeptJob kept) {
            return new Known(kept.ownKey(), kept.endedAt(), kept.isWatched(), kept.documentId(), kept.job());
        }
    }
}
