package io.platen.spooler.upkeep;

import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Selects the failed jobs that must leave failure storage: those that are too old, and the oldest when it is too large. */
final class ExpiredFailures {
    private ExpiredFailures() {}

    /**
     * A failed job that must leave failure storage.
     *
     * @param reason stored in the journal
     */
    record Expired(JobRef job, String reason) {}

    private record Kept(PrinterId printer, PrintJob job, Instant since) {}

    static List<Expired> among(Map<PrinterId, QueueState> queues, Retention retention, Instant now) {
        Instant oldest = now.minus(retention.failuresKeptFor());
        var expired = new ArrayList<Expired>();
        long bytes = 0;
        for (Kept kept : newestFirst(queues)) {
            bytes += kept.job().ticket().document().size();
            var ref = new JobRef(kept.printer(), kept.job().number());
            if (kept.since().isBefore(oldest)) {
                expired.add(new Expired(ref, "expired: failures are kept for " + retention.failuresKeptFor()));
            } else if (bytes > retention.failuresKeptBytes()) {
                expired.add(new Expired(
                        ref, "expired: failures are kept up to %,d bytes".formatted(retention.failuresKeptBytes())));
            }
        }
        return expired;
    }

    private static List<Kept> newestFirst(Map<PrinterId, QueueState> queues) {
        return queues.entrySet().stream()
                .flatMap(queue -> queue.getValue()
                        .jobs()
                        .quarantined()
                        .map(job -> new Kept(queue.getKey(), job, Objects.requireNonNull(job.quarantinedAt()))))
                .sorted(Comparator.comparing(Kept::since).reversed())
                .toList();
    }
}
