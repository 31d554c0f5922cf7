package io.platen.api.http.jobs;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Reply;

/**
 * A submission that is durable.
 *
 * @param job the job as it was when it was accepted
 * @param fresh whether this submission has made the job; false when an earlier one with the same key has
 */
public record Accepted(JobRef ref, PrintJob job, boolean fresh) {

    /** What a printer's queue has answered. */
    public static Accepted of(PrinterId printer, Reply.Done done) {
        PrintJob job = done.job();
        if (job == null) {
            throw new ProblemException(ProblemType.NO_SUCH_JOB, "The job is not kept any more.");
        }
        return new Accepted(new JobRef(printer, job.number()), job, done.fresh());
    }
}
