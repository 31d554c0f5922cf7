package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.spooler.job.PrinterEvent.AttemptCanceled;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.FailureResubmitted;
import io.platen.spooler.job.PrinterEvent.HistoryExpired;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.JobHeld;
import io.platen.spooler.job.PrinterEvent.JobMoveAborted;
import io.platen.spooler.job.PrinterEvent.JobMoveStarted;
import io.platen.spooler.job.PrinterEvent.JobMoved;
import io.platen.spooler.job.PrinterEvent.JobQuarantined;
import io.platen.spooler.job.PrinterEvent.JobReleased;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.JudgementReopened;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterPaused;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterEvent.PrinterResumed;
import io.platen.spooler.job.PrinterEvent.PrinterSaidWell;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Shows what other settings of a printer would have led to. It replays the recorded events: what happened on the connection
 * stays as recorded, and what follows from it is decided again.
 *
 * <p>An attempt that was not made at that time has no outcome here. Its job is counted as sent again, and waits.
 */
public final class WhatIf {
    private final UnaryOperator<PrinterProfile> settings;
    private final Set<Integer> submitted = new HashSet<>();
    private final Set<Integer> repeated = new HashSet<>();
    private final Set<Integer> held = new HashSet<>();
    private final Set<Integer> failed = new HashSet<>();
    private final Set<Integer> lost = new HashSet<>();

    /** Jobs of which a failed attempt may have left bytes at the printer. */
    private final Set<Integer> partlySent = new HashSet<>();

    /** Maps recorded attempts to attempts here, which are counted without those that would not have been made. */
    private final Map<AttemptId, AttemptId> ours = new HashMap<>();

    private QueueState state;

    /**
     * Numbers of jobs.
     *
     * @param submitted all jobs
     * @param repeated jobs sent again after the printer may have taken bytes, so that labels may be printed twice
     * @param held jobs that waited for an operator, because they may or may not have been printed
     * @param failed jobs that went to failure storage
     * @param lost jobs that counted as printed although the printer gave a sign that they may not have been
     * @param unfinished jobs that were not finished in the end
     */
    public record Tally(int submitted, int repeated, int held, int failed, int lost, int unfinished) {}

    private WhatIf(QueueState before, UnaryOperator<PrinterProfile> settings) {
        this.settings = settings;
        this.state = before;
    }

    /**
     * Begins with a printer as it was, and other settings.
     *
     * @param before the state of the printer before the first event
     * @param settings turns a recorded profile into the one to try
     */
    public static WhatIf from(QueueState before, UnaryOperator<PrinterProfile> settings) {
        PrinterProfile profile = before.profile();
        return new WhatIf(profile == null ? before : before.configured(settings.apply(profile)), settings);
    }

    /** Replays the next recorded event. */
    public void next(PrinterEvent event) {
        event.accept(new Taking()).run();
    }

    private final class Taking implements PrinterEvent.Visitor<Runnable> {
        @Override
        public Runnable printerConfigured(PrinterConfigured event) {
            return () -> apply(new PrinterConfigured(settings.apply(event.profile()), event.at(), null));
        }

        @Override
        public Runnable printerRemoved(PrinterRemoved event) {
            return () -> apply(event);
        }

        @Override
        public Runnable printerPaused(PrinterPaused event) {
            return () -> apply(event);
        }

        @Override
        public Runnable printerResumed(PrinterResumed event) {
            return () -> apply(event);
        }

        @Override
        public Runnable jobSubmitted(JobSubmitted event) {
            return () -> {
                submitted.add(event.job());
                apply(event);
            };
        }

        @Override
        public Runnable jobHeld(JobHeld event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable jobReleased(JobReleased event) {
            return () -> operator(event, PrintJob::canRelease);
        }

        @Override
        public Runnable jobCanceled(JobCanceled event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable attemptStarted(AttemptStarted event) {
            return () -> start(event);
        }

        @Override
        public Runnable attemptDelivered(AttemptDelivered event) {
            return () -> end(
                    event.job(),
                    event.attempt(),
                    new DeliveryResult.Delivered(
                            event.rung(), event.bytes(), event.lastWords(), event.warning(), List.of()),
                    event.at());
        }

        @Override
        public Runnable attemptFailed(AttemptFailed event) {
            return () -> end(
                    event.job(), event.attempt(), new DeliveryResult.Failed(event.rung(), event.failure()), event.at());
        }

        @Override
        public Runnable attemptCanceled(AttemptCanceled event) {
            return () -> end(event.job(), event.attempt(), new DeliveryResult.Canceled(event.bytes()), event.at());
        }

        @Override
        public Runnable judgementReopened(JudgementReopened event) {
            return () -> reopen(event);
        }

        @Override
        public Runnable printerSaidWell(PrinterSaidWell event) {
            return () -> applyAll(LineReport.reached(state, true, event.at()));
        }

        @Override
        public Runnable queueRestarted(QueueRestarted event) {
            return () -> applyAll(LineReport.reached(state, event.why() == QueueRestarted.Why.STATUS, event.at()));
        }

        @Override
        public Runnable jobQuarantined(JobQuarantined event) {
            // The printer had shown then that it was well; it would have done so here, too.
            return () -> applyAll(LineReport.reached(state, true, event.at()));
        }

        @Override
        public Runnable failureResubmitted(FailureResubmitted event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable failureDiscarded(FailureDiscarded event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable jobMoveStarted(JobMoveStarted event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable jobMoveAborted(JobMoveAborted event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable jobMoved(JobMoved event) {
            return () -> operator(event, job -> !job.state().isFinished());
        }

        @Override
        public Runnable historyExpired(HistoryExpired event) {
            // Nothing is forgotten here, so that all jobs are counted.
            return () -> {};
        }
    }

    /** Applies what operators did to a job, if it is possible with the job as it is here. */
    private void operator(JobEvent event, Predicate<PrintJob> fits) {
        if (state.jobs().find(event.job()).filter(fits).isPresent()) {
            apply(event);
        }
    }

    private void start(AttemptStarted recorded) {
        var job = state.jobs().find(recorded.job());
        boolean mayStart = state.underWay() == null
                && job.filter(one -> one.isWaiting() || one.state() == JobState.PROCESSING_STOPPED)
                        .isPresent();
        if (mayStart) {
            int attempt = job.orElseThrow().nextAttempt();
            ours.put(new AttemptId(recorded.job(), recorded.attempt()), new AttemptId(recorded.job(), attempt));
            apply(new AttemptStarted(recorded.job(), attempt, recorded.at()));
        }
    }

    private void end(int job, int attempt, DeliveryResult result, Instant at) {
        AttemptId own = ours.get(new AttemptId(job, attempt));
        if (own != null) {
            applyAll(LineReport.ended(state, own, result, WhatIf::printedElsewhere, at));
        }
    }

    private void reopen(JudgementReopened reopened) {
        AttemptId own = ours.get(new AttemptId(reopened.job(), reopened.attempt()));
        if (own != null) {
            var result = new DeliveryResult.Failed(reopened.rung(), reopened.failure());
            applyAll(LineReport.reopened(state, own, result, WhatIf::printedElsewhere, reopened.at()));
        }
    }

    /** The history of one printer does not tell what others have printed. */
    private static boolean printedElsewhere(StoredDocument bytes) {
        return false;
    }

    private void applyAll(List<PrinterEvent> events) {
        events.forEach(this::apply);
    }

    private void apply(PrinterEvent event) {
        state = state.after(event);
        event.accept(new Counting()).run();
    }

    /** Counts the outcomes for the tally. */
    private final class Counting extends SomeEvents<Runnable> {
        @Override
        public Runnable attemptDelivered(AttemptDelivered event) {
            return () -> count(lost, event.job(), event.warning() != null);
        }

        @Override
        public Runnable attemptFailed(AttemptFailed event) {
            return () ->
                    judged(event.job(), event.verdict(), event.failure().bytes().anySent());
        }

        @Override
        public Runnable judgementReopened(JudgementReopened event) {
            return () ->
                    judged(event.job(), event.verdict(), event.failure().bytes().anySent());
        }

        @Override
        public Runnable jobQuarantined(JobQuarantined event) {
            return () -> failed.add(event.job());
        }

        @Override
        protected Runnable other(PrinterEvent event) {
            return () -> {};
        }
    }

    private void judged(int job, Verdict verdict, boolean anySent) {
        count(held, job, verdict == Verdict.IN_DOUBT);
        count(failed, job, verdict == Verdict.POISONED);
        count(partlySent, job, anySent);
        boolean goesAgain = verdict == Verdict.PASSING || verdict == Verdict.AWAY || verdict == Verdict.UNWELL;
        count(repeated, job, goesAgain && partlySent.contains(job));
    }

    private static void count(Set<Integer> jobs, int job, boolean counts) {
        if (counts) {
            jobs.add(job);
        }
    }

    /** The numbers so far. */
    public Tally tally() {
        return new Tally(
                submitted.size(),
                repeated.size(),
                held.size(),
                failed.size(),
                lost.size(),
                state.jobs().counts().active());
    }
}
