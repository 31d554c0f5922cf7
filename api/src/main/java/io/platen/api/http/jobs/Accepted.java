package io.platen.api.http.jobs;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Reply;

/**
 * A submission that is durably accepted.
 *
 * @param job the job in its state at that moment
 * @param fresh whether this submission has created the job; false if an earlier one with the same key has
 */
public record Accepted(JobRef ref, PrintJob job, boolean fresh) {

    public static Accepted of(PrinterId printer, Reply.Done done) {
        PrintJob job = done.job();
        if (job == null) {
            throw new ProblemException(ProblemType.NO_SUCH_JOB, "The job is no longer kept.");
        }
        return new Accepted(new JobRef(printer, job.number()), job, done.fresh());
    }
}
