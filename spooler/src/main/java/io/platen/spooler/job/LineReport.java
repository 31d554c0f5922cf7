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
import io.platen.spooler.job.PrinterEvent.JudgementReopened;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** From what happened on the line to events. */
public final class LineReport {
    private LineReport() {}

    /**
     * The attempt under way has ended so. Late news of any other attempt is no news.
     *
     * @param failedElsewhere whether a document, by its SHA-256, has failed at another printer
     */
    public static List<PrinterEvent> ended(
            QueueState state,
            AttemptId attempt,
            DeliveryResult result,
            Predicate<String> failedElsewhere,
            Instant now) {
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
                    Verdict verdict = judge(state, job, failed.failure(), failedElsewhere);
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

    private static Verdict judge(
            QueueState state, int number, DeliveryFailure failure, Predicate<String> failedElsewhere) {
        PrinterProfile profile = state.profile();
        PrintJob job = state.jobs().find(number).orElse(null);
        if (profile == null || job == null) {
            return Verdict.PASSING;
        }
        var elsewhere = new DeliveryPolicy.Elsewhere(
                state.lastDeliveredAt(),
                failedElsewhere.test(job.ticket().document().sha256()));
        return DeliveryPolicy.judge(profile, job, failure, elsewhere);
    }

    /** An attempt that had been judged well, on a connection that stays open, was not. */
    public static List<PrinterEvent> reopened(
            QueueState state,
            AttemptId attempt,
            DeliveryResult.Failed result,
            Predicate<String> failedElsewhere,
            Instant now) {
        boolean standsAsDelivered = state.jobs()
                .find(attempt.job())
                .filter(job -> job.isCompletedBy(attempt.number()))
                .isPresent();
        if (!standsAsDelivered) {
            return List.of();
        }
        // This very delivery does not show the printer well.
        Verdict verdict = judge(state.deliveryRetracted(), attempt.job(), result.failure(), failedElsewhere);
        return List.of(new JudgementReopened(
                attempt.job(),
                attempt.number(),
                result.rung(),
                result.failure(),
                DeliveryPolicy.outcome(result.failure(), verdict),
                verdict,
                now));
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
        return ended(state, attempt, new DeliveryResult.Failed(null, failure), sha256 -> false, now);
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
