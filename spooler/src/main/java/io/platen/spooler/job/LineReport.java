package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
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
import io.platen.spooler.job.PrinterEvent.JudgementReopened;
import io.platen.spooler.job.PrinterEvent.PrinterSaidWell;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.PrinterEvent.QueueRestarted.Why;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns what happened on a printer's connection into events. */
public final class LineReport {
    private LineReport() {}

    /**
     * The attempt under way has ended with this result. Late results of other attempts are ignored.
     *
     * @param printedElsewhere whether another printer has printed a job of these bytes
     */
    public static List<PrinterEvent> ended(
            QueueState state,
            AttemptId attempt,
            DeliveryResult result,
            Predicate<StoredDocument> printedElsewhere,
            Instant now) {
        if (state.profile() == null || !attempt.equals(state.underWay())) {
            return List.of();
        }
        int job = attempt.job();
        int number = attempt.number();
        return List.of(result.<PrinterEvent>fold(
                delivered -> new AttemptDelivered(
                        job,
                        number,
                        delivered.rung(),
                        delivered.bytes(),
                        delivered.lastWords(),
                        delivered.warning(),
                        now),
                failed -> {
                    Verdict verdict = judge(state, job, failed.failure(), printedElsewhere);
                    return new AttemptFailed(
                            job,
                            number,
                            failed.rung(),
                            failed.failure(),
                            DeliveryPolicy.outcome(failed.failure(), verdict),
                            verdict,
                            now);
                },
                canceled -> new AttemptCanceled(job, number, canceled.bytes(), now)));
    }

    private static Verdict judge(
            QueueState state, int number, DeliveryFailure failure, Predicate<StoredDocument> printedElsewhere) {
        PrinterProfile profile = state.profile();
        PrintJob job = state.jobs().find(number).orElse(null);
        if (profile == null || job == null) {
            return Verdict.PASSING;
        }
        StoredDocument bytes = job.ticket().document();
        return DeliveryPolicy.judge(
                profile,
                job,
                failure,
                state.seen(),
                () -> state.jobs().hasPrinted(bytes) || printedElsewhere.test(bytes));
    }

    /**
     * An attempt that counted as delivered, on a connection that stays open, has failed after all.
     *
     * @param printedElsewhere whether another printer has printed a job of these bytes
     */
    public static List<PrinterEvent> reopened(
            QueueState state,
            AttemptId attempt,
            DeliveryResult.Failed result,
            Predicate<StoredDocument> printedElsewhere,
            Instant now) {
        boolean standsAsDelivered = state.jobs()
                .find(attempt.job())
                .filter(job -> job.isCompletedBy(attempt.number()))
                .isPresent();
        if (!standsAsDelivered) {
            return List.of();
        }
        // The retracted delivery neither shows that the printer is well, nor counts as another copy.
        QueueState before = state.seen(LastSeen::deliveryRetracted)
                .change(attempt.job(), job -> job.attemptUnderWay(attempt.number()));
        Verdict verdict = judge(before, attempt.job(), result.failure(), printedElsewhere);
        return List.of(new JudgementReopened(
                attempt.job(),
                attempt.number(),
                result.rung(),
                result.failure(),
                DeliveryPolicy.outcome(result.failure(), verdict),
                verdict,
                now));
    }

    /** Platen or a part of it died during an attempt, so it is not known how far the attempt came. */
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
                List.of(),
                null,
                null);
        // An interruption never condemns a document, so other printers need not be asked.
        return ended(state, attempt, new DeliveryResult.Failed(null, failure), bytes -> false, now);
    }

    /**
     * A connection to the printer holds. If the queue has stopped on a job, that job is sent again, unless the next job must
     * first show whether the printer is well. If the queue asked before a last attempt, the answer is stored.
     *
     * @param saidWell whether the printer also reported that it is well
     */
    public static List<PrinterEvent> reached(QueueState state, boolean saidWell, Instant now) {
        Integer job = state.stoppedOn();
        if (job == null) {
            return saidWell
                    ? state.suspect()
                            .<List<PrinterEvent>>map(suspect -> List.of(new PrinterSaidWell(suspect.number(), now)))
                            .orElse(List.of())
                    : List.of();
        }
        if (state.probe().isPresent()) {
            return List.of();
        }
        return List.of(new QueueRestarted(job, saidWell ? Why.STATUS : Why.CONNECTION, now));
    }

    /** The next attempt, if one may start. */
    public static Optional<AttemptStarted> start(QueueState state, Instant now) {
        return state.next().map(job -> new AttemptStarted(job.number(), job.nextAttempt(), now));
    }
}
