package io.platen.api.http.jobs;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.wire.JobView;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;

/**
 * Builds the responses to changes of jobs.
 *
 * @param board has the current state of their printers
 */
public record JobAnswers(StatusBoard board) {

    static String location(JobRef job) {
        return "/v1/printers/" + job.printer() + "/jobs/" + job.job();
    }

    JobView view(PrinterId printer, PrintJob job) {
        return JobView.of(
                board.find(printer)
                        .orElseThrow(
                                () -> new ProblemException(ProblemType.NO_SUCH_PRINTER, "The printer was removed.")),
                job);
    }

    HttpResponse changed(Accepted job) {
        return Responses.json(200, view(job.ref().printer(), job.job()));
    }

    HttpResponse created(JobRef ref, PrintJob job) {
        return Responses.created(location(ref), view(ref.printer(), job));
    }

    /** 201 for a new job, 200 for one that an earlier request has created. */
    public HttpResponse submitted(Accepted accepted) {
        return accepted.fresh()
                ? created(accepted.ref(), accepted.job())
                : changed(accepted).addHeader(RawHeader.create("Idempotency-Replayed", "true"));
    }
}
