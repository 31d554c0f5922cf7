package io.platen.api.http.jobs;

import akka.Done;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.request.OnDisk;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.PrintJob;
import java.util.concurrent.CompletionStage;

/** Checks on the disk whether the print data of jobs is still kept. */
public record KeptDocuments(Spooler spooler, OnDisk disk) {

    /** Fails with a problem if a job's print data is no longer kept. Name an executor for the next stage. */
    public CompletionStage<Done> require(PrinterStatus printer, PrintJob job) {
        return disk.ask(() -> {
            if (!spooler.keepsDocument(printer.profile(), job)) {
                throw new ProblemException(
                        ProblemType.DOCUMENT_PURGED, "The print data of job " + job.number() + " is no longer kept.");
            }
            return Done.getInstance();
        });
    }
}
