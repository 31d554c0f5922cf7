package io.platen.spooler.job;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs of a snapshot that are over for good, oldest first. Equal when the jobs are, packed or not. */
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

    private List<PrintJob> unpacked() {
        return jobs.stream().map(KeptJob::job).toList();
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
