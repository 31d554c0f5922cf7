package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.FailureResubmitted;
import io.platen.spooler.job.PrinterEvent.HistoryExpired;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobHeld;
import io.platen.spooler.job.PrinterEvent.JobMoveAborted;
import io.platen.spooler.job.PrinterEvent.JobMoveStarted;
import io.platen.spooler.job.PrinterEvent.JobMoved;
import io.platen.spooler.job.PrinterEvent.JobReleased;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterPaused;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterEvent.PrinterResumed;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be asked of a printer's queue, and when it is legal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Configure.class, name = "configure"),
    @JsonSubTypes.Type(value = Request.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = Request.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = Request.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Request.Submit.class, name = "submit"),
    @JsonSubTypes.Type(value = Request.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Request.Hold.class, name = "hold"),
    @JsonSubTypes.Type(value = Request.Release.class, name = "release"),
    @JsonSubTypes.Type(value = Request.MarkResubmitted.class, name = "mark-resubmitted"),
    @JsonSubTypes.Type(value = Request.Discard.class, name = "discard"),
    @JsonSubTypes.Type(value = Request.BeginMove.class, name = "begin-move"),
    @JsonSubTypes.Type(value = Request.AbortMove.class, name = "abort-move"),
    @JsonSubTypes.Type(value = Request.EndMove.class, name = "end-move"),
    @JsonSubTypes.Type(value = Request.ExpireHistory.class, name = "expire-history"),
    @JsonSubTypes.Type(value = Request.By.class, name = "by")
})
public sealed interface Request {

    /** Decides, for a printer that is configured (all but {@link Configure}). */
    Decision decide(QueueState state, Instant now, QueueLimits limits);

    /** Decides, for any printer. */
    default Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits) {
        return state.profile() == null
                ? Decision.refuse(Refusal.NO_SUCH_PRINTER, "There is no such printer.")
                : decide(state, now, limits);
    }

    /** Whether a printer that is not there comes about by it. */
    default boolean makesAPrinter() {
        return false;
    }

    /** Whether there is something to be done also for a printer that was removed. */
    default boolean concernsRemovedPrinters() {
        return false;
    }

    /** The same, asked by somebody. */
    default Request by(String who) {
        return new By(who, this);
    }

    /**
     * A request of somebody, who is named in its events.
     *
     * @param who {@code token:ID}, {@code oidc:SUBJECT} or {@code address:IP}
     */
    record By(String who, Request request) implements Request {
        @Override
        public boolean makesAPrinter() {
            return request.makesAPrinter();
        }

        @Override
        public boolean concernsRemovedPrinters() {
            return request.concernsRemovedPrinters();
        }

        @Override
        public Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits) {
            return request.decideAnywhere(state, now, limits).by(who);
        }

        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return request.decide(state, now, limits).by(who);
        }
    }

    /**
     * The printer is made, or gets another profile.
     *
     * @param condition what must hold for it; null for nothing
     */
    record Configure(PrinterProfile profile, @Nullable Condition condition) implements Request {
        /** Without a condition. */
        public Configure(PrinterProfile profile) {
            this(profile, null);
        }

        /**
         * What the printer must be.
         *
         * @param profile the one that it has; null when it must not be there
         */
        public record Condition(@Nullable PrinterProfile profile) {}

        @Override
        public boolean makesAPrinter() {
            return true;
        }

        @Override
        public Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits) {
            return decide(state, now, limits);
        }

        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            if (condition != null && !Objects.equals(condition.profile(), state.profile())) {
                return Decision.refuse(
                        Refusal.CHANGED, "The printer was changed by somebody else meanwhile. Get it and try again.");
            }
            return profile.equals(state.profile())
                    ? Decision.printer(false)
                    : Decision.printer(state.profile() == null, new PrinterConfigured(profile, now));
        }
    }

    /**
     * The printer goes.
     *
     * @param force even with jobs left
     */
    record Remove(boolean force) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            var counts = state.jobs().counts();
            if (!force && counts.active() + counts.failed() > 0) {
                return Decision.refuse(
                        Refusal.JOBS_LEFT,
                        "The printer has %d unfinished and %d failed jobs. Finish, cancel or discard them, or add ?force=true to lose them."
                                .formatted(counts.active(), counts.failed()));
            }
            return Decision.printer(true, new PrinterRemoved(now));
        }
    }

    record Pause() implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return state.paused() ? Decision.printer(false) : Decision.printer(true, new PrinterPaused(now));
        }
    }

    record Resume() implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return state.paused() ? Decision.printer(true, new PrinterResumed(now)) : Decision.printer(false);
        }
    }

    record Submit(JobTicket ticket, boolean hold) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            String key = ticket.idempotencyKey();
            PrintJob earlier =
                    key == null ? null : state.jobs().findByKeyOf(ticket).orElse(null);
            if (earlier != null) {
                return ticket.asksTheSameAs(earlier.ticket())
                        ? Decision.job(earlier.number(), false)
                        : Decision.refuse(
                                Refusal.KEY_REUSED,
                                "The idempotency key was used for job %d with other content, copies, priority, name, hold or callback. Use a new key."
                                        .formatted(earlier.number()));
            }
            if (state.jobs().counts().active() >= limits.activeJobs()) {
                return Decision.refuse(
                        Refusal.QUEUE_FULL,
                        "The printer has %d unfinished jobs, which is its limit. Try again when some are done."
                                .formatted(limits.activeJobs()));
            }
            int number = state.lastJob() + 1;
            return Decision.job(number, true, new JobSubmitted(number, ticket, hold, now));
        }
    }

    record Cancel(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onJob(state, job, PrintJob::canCancel, "canceled", j -> new JobCanceled(job, now));
        }
    }

    record Hold(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onJob(state, job, PrintJob::canHold, "held", j -> new JobHeld(job, now));
        }
    }

    record Release(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onJob(state, job, PrintJob::canRelease, "released", j -> new JobReleased(job, now));
        }
    }

    /** The job's document has been submitted again, as that job. */
    record MarkResubmitted(int job, JobRef as) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onFailure(state, job, new FailureResubmitted(job, as, now));
        }
    }

    record Discard(int job, @Nullable String reason) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onFailure(state, job, new FailureDiscarded(job, reason, now));
        }
    }

    record BeginMove(int job, PrinterId to) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            boolean underWay =
                    state.jobs().find(job).filter(j -> to.equals(j.movingTo())).isPresent();
            return underWay
                    ? Decision.job(job, false)
                    : onJob(state, job, PrintJob::canMove, "moved", j -> new JobMoveStarted(job, to, now));
        }
    }

    record AbortMove(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onJob(state, job, j -> j.movingTo() != null, "moved", j -> new JobMoveAborted(job, now));
        }
    }

    record EndMove(int job, JobRef as) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return onJob(state, job, j -> j.movingTo() != null, "moved", j -> new JobMoved(job, as, now));
        }
    }

    /** Forgets the jobs that ended before a moment, also those of a printer that is gone. */
    record ExpireHistory(Instant before) implements Request {
        @Override
        public boolean concernsRemovedPrinters() {
            return true;
        }

        @Override
        public Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits) {
            return decide(state, now, limits);
        }

        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits) {
            return isDue(state, before)
                    ? Decision.printer(true, new HistoryExpired(before, now))
                    : Decision.printer(false);
        }

        /** Whether there is anything to forget. */
        public static boolean isDue(QueueState state, Instant before) {
            return state.profile() == null
                    ? state.events() > 0 && state.stateSince().isBefore(before)
                    : state.jobs().anyEndedBefore(before);
        }
    }

    private static Decision onJob(
            QueueState state,
            int number,
            Predicate<PrintJob> legal,
            String verb,
            Function<PrintJob, PrinterEvent> event) {
        return state.jobs()
                .find(number)
                .map(job -> legal.test(job)
                        ? Decision.job(number, true, event.apply(job))
                        : Decision.refuse(
                                Refusal.WRONG_STATE,
                                "Job %d is %s and cannot be %s."
                                        .formatted(number, job.state().keyword(), verb)))
                .orElseGet(() -> Decision.refuse(Refusal.NO_SUCH_JOB, "The printer has no job %d.".formatted(number)));
    }

    private static Decision onFailure(QueueState state, int number, PrinterEvent event) {
        return state.jobs()
                .find(number)
                .filter(PrintJob::isQuarantined)
                .map(job -> Decision.job(number, true, event))
                .orElseGet(() -> Decision.refuse(
                        Refusal.NO_SUCH_FAILURE, "Job %d is not in failure storage.".formatted(number)));
    }
}
