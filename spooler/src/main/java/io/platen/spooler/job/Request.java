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

/** A request to a printer's queue, with the rules when it is allowed. */
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

    /**
     * Decides for a printer that is configured.
     *
     * @param who is named in the events, see {@link By}
     */
    Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who);

    /** Decides for any printer. */
    default Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
        return state.profile() == null
                ? Decision.refuse(Refusal.NO_SUCH_PRINTER, "There is no such printer.")
                : decide(state, now, limits, who);
    }

    /** Whether the request makes a printer that does not exist. */
    default boolean makesAPrinter() {
        return false;
    }

    /** Whether the request also makes sense for a removed printer. */
    default boolean concernsRemovedPrinters() {
        return false;
    }

    /** This request with the name of who asks. */
    default Request by(String who) {
        return new By(who, this);
    }

    /**
     * A request whose events name who asked.
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
        public Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits, @Nullable String asker) {
            return request.decideAnywhere(state, now, limits, asker == null ? who : asker);
        }

        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String asker) {
            return request.decide(state, now, limits, asker == null ? who : asker);
        }
    }

    /**
     * Makes a printer, or gives it another profile.
     *
     * @param condition what the printer must be before; null when that does not matter
     */
    record Configure(PrinterProfile profile, @Nullable Condition condition) implements Request {
        public Configure(PrinterProfile profile) {
            this(profile, null);
        }

        /**
         * What the printer must be before.
         *
         * @param profile the printer's profile; null when the printer must not exist
         */
        public record Condition(@Nullable PrinterProfile profile) {}

        @Override
        public boolean makesAPrinter() {
            return true;
        }

        @Override
        public Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return decide(state, now, limits, who);
        }

        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            if (condition != null && !Objects.equals(condition.profile(), state.profile())) {
                return Decision.refuse(
                        Refusal.CHANGED, "The printer has been changed since you read it. Get it and try again.");
            }
            return profile.equals(state.profile())
                    ? Decision.printer(false)
                    : Decision.printer(state.profile() == null, new PrinterConfigured(profile, now, who));
        }
    }

    /**
     * Removes the printer.
     *
     * @param force even when it has unfinished or failed jobs
     */
    record Remove(boolean force) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            var counts = state.jobs().counts();
            if (!force && counts.active() + counts.failed() > 0) {
                return Decision.refuse(
                        Refusal.JOBS_LEFT,
                        "The printer has %d unfinished and %d failed jobs. Finish, cancel or discard them, or add ?force=true to lose them."
                                .formatted(counts.active(), counts.failed()));
            }
            return Decision.printer(true, new PrinterRemoved(now, who));
        }
    }

    record Pause() implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return state.paused() ? Decision.printer(false) : Decision.printer(true, new PrinterPaused(now, who));
        }
    }

    record Resume() implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return state.paused() ? Decision.printer(true, new PrinterResumed(now, who)) : Decision.printer(false);
        }
    }

    record Submit(JobTicket ticket, boolean hold) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
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
            return Decision.job(number, true, new JobSubmitted(number, ticket, hold, now, who));
        }
    }

    record Cancel(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onJob(state, job, PrintJob::canCancel, "canceled", j -> new JobCanceled(job, now, who));
        }
    }

    record Hold(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onJob(state, job, PrintJob::canHold, "held", j -> new JobHeld(job, now, who));
        }
    }

    record Release(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onJob(state, job, PrintJob::canRelease, "released", j -> new JobReleased(job, now, who));
        }
    }

    /** The document of a failed job was submitted again as another job. */
    record MarkResubmitted(int job, JobRef as) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onFailure(state, job, new FailureResubmitted(job, as, now, who));
        }
    }

    record Discard(int job, @Nullable String reason) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onFailure(state, job, new FailureDiscarded(job, reason, now, who));
        }
    }

    record BeginMove(int job, PrinterId to) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            boolean underWay =
                    state.jobs().find(job).filter(j -> to.equals(j.movingTo())).isPresent();
            return underWay
                    ? Decision.job(job, false)
                    : onJob(state, job, PrintJob::canMove, "moved", j -> new JobMoveStarted(job, to, now, who));
        }
    }

    record AbortMove(int job) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onJob(state, job, j -> j.movingTo() != null, "moved", j -> new JobMoveAborted(job, now));
        }
    }

    record EndMove(int job, JobRef as) implements Request {
        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return onJob(state, job, j -> j.movingTo() != null, "moved", j -> new JobMoved(job, as, now));
        }
    }

    /** Forgets the jobs that ended before a moment, also those of a removed printer. */
    record ExpireHistory(Instant before) implements Request {
        @Override
        public boolean concernsRemovedPrinters() {
            return true;
        }

        @Override
        public Decision decideAnywhere(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
            return decide(state, now, limits, who);
        }

        @Override
        public Decision decide(QueueState state, Instant now, QueueLimits limits, @Nullable String who) {
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
