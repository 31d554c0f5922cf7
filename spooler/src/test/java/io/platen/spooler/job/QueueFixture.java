package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobAttempt.Outcome;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import java.time.Instant;

/** Events and states for tests outside this package. Event times are counted in seconds, by job. */
public final class QueueFixture {
    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    public static final PrinterId DOCK = new PrinterId("dock-1");
    private static final int FINISHED_KEPT = 20;

    private QueueFixture() {}

    /** At which nothing listens. */
    public static PrinterProfile profile() {
        return WithQueue.profile(DeliveryPromise.AT_LEAST_ONCE, 3).at("socket://127.0.0.1:1");
    }

    /** A queue that has seen these events and no others. */
    public static QueueState after(PrinterEvent... events) {
        QueueState state = QueueState.empty(FINISHED_KEPT);
        for (PrinterEvent event : events) {
            state = state.after(event);
        }
        return state;
    }

    public static PrinterConfigured configured() {
        return new PrinterConfigured(profile(), NOON, null);
    }

    public static JobSubmitted submitted(int job) {
        return submitted(job, 10);
    }

    public static JobSubmitted submitted(int job, long bytes) {
        var document = new StoredDocument("document-" + job, bytes, "%064x".formatted(job));
        return new JobSubmitted(job, TicketFixture.of("label", document), false, at(job), null);
    }

    public static AttemptStarted started(int job) {
        return new AttemptStarted(job, 1, at(job));
    }

    public static AttemptDelivered delivered(int job) {
        return new AttemptDelivered(job, 1, Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, at(job));
    }

    public static AttemptFailed failed(int job, Verdict verdict) {
        return new AttemptFailed(job, 1, null, failure(), Outcome.FAILED, verdict, at(job));
    }

    public static DeliveryFailure failure() {
        return WithQueue.failed(Cause.CONNECTION_RESET, 5).failure();
    }

    public static Instant at(int job) {
        return NOON.plusSeconds(job);
    }
}
