package io.platen.spooler.job;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of a snapshot that are over for good, oldest first. Equal when all is that is known of them, packed or not. */
public final class FinishedJobs {
    static final FinishedJobs NONE = new FinishedJobs(List.of());

    private final List<KeptJob> jobs;

    FinishedJobs(List<KeptJob> jobs) {
        this.jobs = List.copyOf(jobs);
    }

    List<KeptJob> jobs() {
        return jobs;
    }

    /** Those that are in the other, too. */
    public FinishedJobs commonWith(FinishedJobs other) {
        Set<Integer> numbers = other.jobs.stream().map(KeptJob::number).collect(Collectors.toSet());
        return new FinishedJobs(
                jobs.stream().filter(job -> numbers.contains(job.number())).toList());
    }

    /** What can be asked of a job, and the job. */
    private record Known(
            int number,
            @Nullable String ownKey,
            JobState state,
            @Nullable Instant endedAt,
            boolean watched,
            String documentId,
            PrintJob job) {

        static Known of(KeptJob kept) {
            return new Known(
                    kept.number(),
                    kept.ownKey(),
                    kept.state(),
                    kept.endedAt(),
                    kept.isWatched(),
                    kept.documentId(),
                    kept.job());
        }
    }

    private List<Known> unpacked() {
        return jobs.stream().map(Known::of).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FinishedJobs that && unpacked().equals(that.unpacked());
    }

    @Override
    public int hashCode() {
        return unpacked().hashCode();
    }

    @Override
    public String toString() {
        return unpacked().toString();
    }
}
