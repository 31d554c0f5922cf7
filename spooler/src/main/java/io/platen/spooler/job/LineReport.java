package io.platen.spooler.job;

import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.spooler.job.PrinterEvent.AttemptCanceled;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.JobQuarantined;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** From what happened on the line to events. */
public final class LineReport {
    private LineReport() {}

    /** The attempt under way has ended so. Late news of any other attempt is no news. */
    public static List<PrinterEvent> ended(QueueState state, AttemptId attempt, DeliveryResult result, Instant now) {
        PrinterProfile profile = state.profile();
        if (profile == null || !attempt.equals(state.underWay())) {
            return List.of();
        }
        int job = attempt.job();
        int number = attempt.number();
        PrinterEvent end = result.fold(
                delivered -> new AttemptDelivered(
                        job,
                        number,
                        delivered.rung(),
                        delivered.bytes(),
                        delivered.lastWords(),
                        delivered.warning(),
                        now),
                failed -> {
                    Verdict verdict = state.jobs()
                            .find(job)
                            .map(j -> DeliveryPolicy.judge(profile, j, failed.failure(), state.lastDeliveredAt()))
                            .orElse(Verdict.PASSING);
                    return new AttemptFailed(
                            job,
                            number,
                            failed.rung(),
                            failed.failure(),
                            DeliveryPolicy.outcome(failed.failure(), verdict),
                            verdict,
                            now);
                },
                canceled -> new AttemptCanceled(job, number, canceled.bytes(), now));
        Integer stopped = state.stoppedOn();
        return end instanceof AttemptDelivered && stopped != null && stopped != job
                ? List.of(end, new JobQuarantined(stopped, now))
                : List.of(end);
    }

    /** Platen died, or a part of it, while an attempt was under way: nobody knows how far it came. */
    public static List<PrinterEvent> interrupted(QueueState state, Instant now) {
        AttemptId attempt = state.underWay();
        if (attempt == null) {
            return List.of();
        }
        long total = state.jobs()
                .find(attempt.job())
                .map(job -> job.ticket().totalBytes())
                .orElse(0L);
        var failure = new DeliveryFailure(
                Cause.INTERRUPTED,
                EndedBy.PLATEN,
                Confidence.CERTAIN,
                null,
                "Platen was stopped or killed while the job was being sent; how much the printer took is not known.",
                new ByteCounts(0, null, total),
                null,
                null,
                now,
                List.of());
        return ended(state, attempt, new DeliveryResult.Failed(null, failure), now);
    }

    /** The printer, on whose account the queue has stopped, is well: then the job is not. */
    public static List<PrinterEvent> shownHealthy(QueueState state, Instant now) {
        Integer job = state.stoppedOn();
        return job == null ? List.of() : List.of(new JobQuarantined(job, now));
    }

    /** The next attempt, when one may start. */
    public static Optional<AttemptStarted> start(QueueState state, Instant now) {
        return state.next().map(job -> new AttemptStarted(job.number(), job.nextAttempt(), now));
    }
}
