package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.spooler.job.PrinterEvent.AttemptCanceled;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.HistoryExpired;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.JobQuarantined;
import io.platen.spooler.job.PrinterEvent.JobReleased;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.JudgementReopened;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterSaidWell;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What other settings would have done with what a printer went through. Its recorded events are taken one after
 * another; what the line met stays as it was, what follows from it is decided anew.
 *
 * <p>An attempt that was not made then has no outcome here: its job is counted as sent again, and waits.
 */
public final class WhatIf {
    private final UnaryOperator<PrinterProfile> settings;
    private final Set<Integer> submitted = new HashSet<>();
    private final Set<Integer> repeated = new HashSet<>();
    private final Set<Integer> held = new HashSet<>();
    private final Set<Integer> failed = new HashSet<>();
    private final Set<Integer> lost = new HashSet<>();

    /** Jobs of which the printer may have bytes of an attempt that did not end well. */
    private final Set<Integer> partlySent = new HashSet<>();

    /** Which attempt of ours a recorded one is: ours are counted without those that we would not have made. */
    private final Map<AttemptId, AttemptId> ours = new HashMap<>();

    private QueueState state;

    /**
     * How many jobs met with what.
     *
     * @param submitted all
     * @param repeated were sent again after the printer may have taken bytes: labels may be there twice
     * @param held waited for an operator, because they may or may not have been printed
     * @param failed went to failure storage
     * @param lost counted as printed although the printer gave a sign that they may not have been
     * @param unfinished were not done in the end
     */
    public record Tally(int submitted, int repeated, int held, int failed, int lost, int unfinished) {}

    private WhatIf(QueueState before, UnaryOperator<PrinterProfile> settings) {
        this.settings = settings;
        this.state = before;
    }

    /**
     * Begins.
     *
     * @param before as the printer was
     * @param settings instead of the recorded ones
     */
    public static WhatIf from(QueueState before, UnaryOperator<PrinterProfile> settings) {
        PrinterProfile profile = before.profile();
        return new WhatIf(profile == null ? before : before.configured(settings.apply(profile)), settings);
    }

    /** Takes the next recorded event. */
    public void next(PrinterEvent event) {
        if (event instanceof PrinterConfigured configured) {
            apply(new PrinterConfigured(settings.apply(configured.profile()), configured.at()));
        } else if (event instanceof AttemptStarted started) {
            start(started);
        } else if (event instanceof AttemptDelivered delivered) {
            end(
                    delivered.job(),
                    delivered.attempt(),
                    new DeliveryResult.Delivered(
                            delivered.rung(), delivered.bytes(), delivered.lastWords(), delivered.warning(), List.of()),
                    delivered.at());
        } else if (event instanceof AttemptFailed failure) {
            end(
                    failure.job(),
                    failure.attempt(),
                    new DeliveryResult.Failed(failure.rung(), failure.failure()),
                    failure.at());
        } else if (event instanceof AttemptCanceled canceled) {
            end(canceled.job(), canceled.attempt(), new DeliveryResult.Canceled(canceled.bytes()), canceled.at());
        } else if (event instanceof JudgementReopened reopened) {
            reopen(reopened);
        } else if (event instanceof JobQuarantined quarantined) {
            // The printer was shown to be well then; it would have been.
            applyAll(LineReport.reached(state, true, quarantined.at()));
        } else if (event instanceof PrinterSaidWell well) {
            applyAll(LineReport.reached(state, true, well.at()));
        } else if (event instanceof QueueRestarted restarted) {
            applyAll(LineReport.reached(state, restarted.why() == QueueRestarted.Why.STATUS, restarted.at()));
        } else if (event instanceof JobSubmitted one) {
            submitted.add(one.job());
            apply(one);
        } else if (event instanceof JobEvent about) {
            operator(about);
        } else if (!(event instanceof HistoryExpired)) {
            apply(event);
        }
    }

    /** What operators did to a job, where it can be done to the job as it is here. */
    private void operator(JobEvent event) {
        boolean fits = state.jobs()
                .find(event.job())
                .filter(job -> event instanceof JobReleased
                        ? job.canRelease()
                        : !job.state().isFinished())
                .isPresent();
        if (fits) {
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

    /** What other printers took is not in one printer's history. */
    private static boolean printedElsewhere(StoredDocument bytes) {
        return false;
    }

    private void applyAll(List<PrinterEvent> events) {
        events.forEach(this::apply);
    }

    private void apply(PrinterEvent event) {
        state = state.after(event);
        if (event instanceof AttemptDelivered delivered) {
            count(lost, delivered.job(), delivered.warning() != null);
        } else if (event instanceof AttemptFailed failure) {
            judged(failure.job(), failure.verdict(), failure.failure().bytes().anySent());
        } else if (event instanceof JudgementReopened reopened) {
            judged(
                    reopened.job(),
                    reopened.verdict(),
                    reopened.failure().bytes().anySent());
        } else if (event instanceof JobQuarantined quarantined) {
            failed.add(quarantined.job());
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

    /** What came out so far. */
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
