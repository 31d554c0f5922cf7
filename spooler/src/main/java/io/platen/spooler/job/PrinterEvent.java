package io.platen.spooler.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.Endings.Ending;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a printer or one of its jobs, as the journal stores it. The names below are a file format: fields and types may
 * be added, but never renamed or removed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PrinterEvent.PrinterConfigured.class, name = "printer-configured"),
    @JsonSubTypes.Type(value = PrinterEvent.PrinterRemoved.class, name = "printer-removed"),
    @JsonSubTypes.Type(value = PrinterEvent.PrinterPaused.class, name = "printer-paused"),
    @JsonSubTypes.Type(value = PrinterEvent.PrinterResumed.class, name = "printer-resumed"),
    @JsonSubTypes.Type(value = PrinterEvent.JobSubmitted.class, name = "job-submitted"),
    @JsonSubTypes.Type(value = PrinterEvent.JobHeld.class, name = "job-held"),
    @JsonSubTypes.Type(value = PrinterEvent.JobReleased.class, name = "job-released"),
    @JsonSubTypes.Type(value = PrinterEvent.JobCanceled.class, name = "job-canceled"),
    @JsonSubTypes.Type(value = PrinterEvent.AttemptStarted.class, name = "attempt-started"),
    @JsonSubTypes.Type(value = PrinterEvent.AttemptDelivered.class, name = "attempt-delivered"),
    @JsonSubTypes.Type(value = PrinterEvent.AttemptFailed.class, name = "attempt-failed"),
    @JsonSubTypes.Type(value = PrinterEvent.AttemptCanceled.class, name = "attempt-canceled"),
    @JsonSubTypes.Type(value = PrinterEvent.JudgementReopened.class, name = "judgement-reopened"),
    @JsonSubTypes.Type(value = PrinterEvent.PrinterSaidWell.class, name = "printer-said-well"),
    @JsonSubTypes.Type(value = PrinterEvent.QueueRestarted.class, name = "queue-restarted"),
    @JsonSubTypes.Type(value = PrinterEvent.JobQuarantined.class, name = "job-quarantined"),
    @JsonSubTypes.Type(value = PrinterEvent.FailureResubmitted.class, name = "failure-resubmitted"),
    @JsonSubTypes.Type(value = PrinterEvent.FailureDiscarded.class, name = "failure-discarded"),
    @JsonSubTypes.Type(value = PrinterEvent.JobMoveStarted.class, name = "job-move-started"),
    @JsonSubTypes.Type(value = PrinterEvent.JobMoveAborted.class, name = "job-move-aborted"),
    @JsonSubTypes.Type(value = PrinterEvent.JobMoved.class, name = "job-moved"),
    @JsonSubTypes.Type(value = PrinterEvent.HistoryExpired.class, name = "history-expired")
})
public sealed interface PrinterEvent {
    Instant at();

    /** The queue's state after this event. */
    QueueState applyTo(QueueState state);

    <R> R accept(Visitor<R> visitor);

    /** Distinguishes the types of events. A new type does not compile until every visitor handles it. */
    interface Visitor<R> {
        R printerConfigured(PrinterConfigured event);

        R printerRemoved(PrinterRemoved event);

        R printerPaused(PrinterPaused event);

        R printerResumed(PrinterResumed event);

        R jobSubmitted(JobSubmitted event);

        R jobHeld(JobHeld event);

        R jobReleased(JobReleased event);

        R jobCanceled(JobCanceled event);

        R attemptStarted(AttemptStarted event);

        R attemptDelivered(AttemptDelivered event);

        R attemptFailed(AttemptFailed event);

        R attemptCanceled(AttemptCanceled event);

        R judgementReopened(JudgementReopened event);

        R printerSaidWell(PrinterSaidWell event);

        R queueRestarted(QueueRestarted event);

        R jobQuarantined(JobQuarantined event);

        R failureResubmitted(FailureResubmitted event);

        R failureDiscarded(FailureDiscarded event);

        R jobMoveStarted(JobMoveStarted event);

        R jobMoveAborted(JobMoveAborted event);

        R jobMoved(JobMoved event);

        R historyExpired(HistoryExpired event);
    }

    /** This event, if it is about a job. */
    default Optional<JobEvent> aboutAJob() {
        return Optional.empty();
    }

    default boolean isAbout(int job) {
        return aboutAJob().filter(event -> event.job() == job).isPresent();
    }

    /** A fact about one job. */
    sealed interface JobEvent extends PrinterEvent {
        int job();

        @Override
        default Optional<JobEvent> aboutAJob() {
            return Optional.of(this);
        }
    }

    /**
     * The printer was made or got another profile.
     *
     * @param by who asked for it, as in all events with this field: {@code token:ID}, {@code oidc:SUBJECT} or {@code
     *     address:IP}; null when nobody did
     */
    record PrinterConfigured(
            PrinterProfile profile, Instant at, @Nullable String by) implements PrinterEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.printerConfigured(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.configured(profile);
        }
    }

    /** The printer was removed with all its jobs. Their history stays in the journal. */
    record PrinterRemoved(Instant at, @Nullable String by) implements PrinterEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.printerRemoved(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.removed();
        }
    }

    record PrinterPaused(Instant at, @Nullable String by) implements PrinterEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.printerPaused(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.paused(true);
        }
    }

    record PrinterResumed(Instant at, @Nullable String by) implements PrinterEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.printerResumed(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.paused(false);
        }
    }

    /**
     * The queue has forgotten the jobs that ended before a moment. Their events may be deleted.
     */
    record HistoryExpired(Instant before, Instant at) implements PrinterEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.historyExpired(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.historyExpired(before);
        }
    }

    record JobSubmitted(
            int job,
            JobTicket ticket,
            boolean held,
            Instant at,
            @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobSubmitted(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.submitted(PrintJob.submitted(job, ticket, held, at, state.events()));
        }
    }

    record JobHeld(int job, Instant at, @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobHeld(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, j -> j.to(JobState.PENDING_HELD, at, JobReason.JOB_HOLD_UNTIL_SPECIFIED));
        }
    }

    record JobReleased(int job, Instant at, @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobReleased(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, j -> j.to(JobState.PENDING, at));
        }
    }

    record JobCanceled(int job, Instant at, @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobCanceled(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            var freed = state.isStoppedOn(job) ? state.stoppedOn(null) : state;
            return freed.change(job, j -> j.to(JobState.CANCELED, at, JobReason.JOB_CANCELED_BY_USER));
        }
    }

    /** Stored before the first byte is sent. */
    record AttemptStarted(int job, int attempt, Instant at) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptStarted(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.sending(new AttemptId(job, attempt)).change(job, j -> j.attemptStarted(attempt, at));
        }
    }

    /**
     * The printer took the job.
     *
     * @param warning what went wrong nevertheless
     */
    record AttemptDelivered(
            int job,
            int attempt,
            Rung rung,
            ByteCounts bytes,
            @Nullable LastWords lastWords,
            @Nullable DeliveryFailure warning,
            Instant at)
            implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptDelivered(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            var shown = state.deliveredAt(at, job)
                    .seen(seen -> ending(seen)
                            .answersStatus(rung == Rung.PRINTED)
                            .partialFormat(state.jobs()
                                    .find(job)
                                    .filter(j -> j.isFormatIncomplete() || (wasReset() && j.leavesPartialFormat(bytes)))
                                    .isPresent()));
            return shown.change(job, j -> {
                var ended = j.attemptEnded(at, Outcome.DELIVERED, rung, bytes, warning, null, lastWords);
                return j.state() == JobState.CANCELED
                        ? ended
                        : ended.to(
                                JobState.COMPLETED,
                                at,
                                warning == null
                                        ? JobReason.JOB_COMPLETED_SUCCESSFULLY
                                        : JobReason.JOB_COMPLETED_WITH_WARNINGS);
            });
        }

        /** Even when resets are usual for this printer, the data that it had not read is lost. */
        private boolean wasReset() {
            return warning != null && warning.cause() == Cause.RESET_AFTER_SEND;
        }

        private LastSeen ending(LastSeen seen) {
            if (warning != null) {
                return seen.shownBy(warning, job);
            }
            return rung == Rung.CLOSED ? seen.ended(Ending.CLOSED, job) : seen.keptOpen(job, at);
        }
    }

    record AttemptFailed(
            int job,
            int attempt,
            @Nullable Rung rung,
            DeliveryFailure failure,
            Outcome outcome,
            Verdict verdict,
            Instant at)
            implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptFailed(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            var shown = state.shownBy(failure, job);
            var failed = shown.change(job, j -> {
                var ended = j.attemptEnded(at, outcome, rung, failure.bytes(), failure, verdict, null);
                return j.state().isFinished() ? ended : verdict.follow(ended, state.stoppedOn(), at);
            });
            var noted = failed.jobs()
                    .find(job)
                    .flatMap(PrintJob::lastFailedAttempt)
                    .map(failed::failed)
                    .orElse(failed.sending(null));
            if (state.stoppedOn() != null && (!state.isStoppedOn(job) || verdict == Verdict.AWAY)) {
                return noted;
            }
            boolean stops = verdict == Verdict.UNWELL
                    && noted.jobs()
                            .find(job)
                            .filter(j -> !j.state().isFinished())
                            .isPresent();
            return noted.stoppedOn(stops ? (Integer) job : null);
        }
    }

    /**
     * An attempt that had counted as delivered, on a connection that stays open, turned out to have failed: the printer reset
     * or refused soon after. The earlier judgement stays in the journal.
     */
    record JudgementReopened(
            int job,
            int attempt,
            @Nullable Rung rung,
            DeliveryFailure failure,
            Outcome outcome,
            Verdict verdict,
            Instant at)
            implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.judgementReopened(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            if (state.jobs().find(job).filter(j -> j.isCompletedBy(attempt)).isEmpty()) {
                return state;
            }
            var reopened = state.shownAfterAll(failure, job)
                    .change(
                            job,
                            j -> verdict.follow(
                                    j.attemptEnded(at, outcome, rung, failure.bytes(), failure, verdict, null),
                                    state.stoppedOn(),
                                    at));
            var noted = reopened.jobs()
                    .find(job)
                    .flatMap(PrintJob::lastFailedAttempt)
                    .map(reopened::noted)
                    .orElse(reopened);
            return verdict == Verdict.UNWELL && state.stoppedOn() == null ? noted.stoppedOn((Integer) job) : noted;
        }
    }

    /** The attempt of a canceled job has ended. */
    record AttemptCanceled(int job, int attempt, ByteCounts bytes, Instant at) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.attemptCanceled(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            boolean partial = state.jobs()
                    .find(job)
                    .filter(j -> j.isFormatIncomplete() || !bytes.allAcknowledged())
                    .filter(j -> j.leavesPartialFormat(bytes))
                    .isPresent();
            var shown = partial ? state.seen(seen -> seen.partialFormat(true)) : state;
            return shown.sending(null).change(job, j -> {
                var ended = j.attemptEnded(at, Outcome.CANCELED, null, bytes, null, null, null);
                if (j.state().isFinished()) {
                    return ended;
                }
                return state.isStoppedOn(job)
                        ? ended.to(JobState.PROCESSING_STOPPED, at, JobReason.PRINTER_STOPPED)
                        : ended.to(JobState.PENDING, at);
            });
        }
    }

    /** The printer was asked for its status before a job's last allowed attempt, and reported that it is well. */
    record PrinterSaidWell(int job, Instant at) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.printerSaidWell(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.seen(seen -> seen.saidWell(at)).change(job, j -> j);
        }
    }

    /**
     * The queue had stopped on a job because its printer was unwell. Now the job is sent again.
     *
     * @param why what shows that the printer is well
     */
    record QueueRestarted(int job, Why why, Instant at) implements JobEvent {

        public enum Why {
            /** The printer reports that it is well. */
            STATUS,
            /** The printer does not report it, but a connection to it holds. */
            CONNECTION;

            /** The stored and shown name. */
            @JsonValue
            public String keyword() {
                return Keywords.of(this);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.queueRestarted(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            var shown = why == Why.STATUS ? state.seen(seen -> seen.saidWell(at)) : state;
            return shown.stoppedOn(null)
                    .change(job, j -> j.state() == JobState.PROCESSING_STOPPED ? j.to(JobState.PENDING, at) : j);
        }
    }

    /** Stored by earlier versions, which condemned the job on which a queue had stopped once its printer was well. */
    record JobQuarantined(int job, Instant at) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobQuarantined(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.stoppedOn(null).change(job, j -> j.state().isFinished() ? j : j.quarantined(at));
        }
    }

    record FailureResubmitted(
            int job, JobRef as, Instant at, @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.failureResubmitted(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, j -> j.outOfQuarantine(JobReason.RESUBMITTED));
        }
    }

    /**
     * A failed job was taken out of failure storage for good.
     *
     * @param reason in the operator's words
     */
    record FailureDiscarded(
            int job,
            @Nullable String reason,
            Instant at,
            @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.failureDiscarded(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, j -> j.outOfQuarantine(JobReason.DISCARDED));
        }
    }

    /** The first of two steps: the job stays here until the other printer has accepted it. */
    record JobMoveStarted(
            int job, PrinterId to, Instant at, @Nullable String by) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobMoveStarted(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, j -> j.moving(to));
        }
    }

    /** The other printer did not accept the job. */
    record JobMoveAborted(int job, Instant at) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobMoveAborted(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, PrintJob::notMoved);
        }
    }

    /** The other printer has accepted the job. */
    record JobMoved(int job, JobRef as, Instant at) implements JobEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.jobMoved(this);
        }

        @Override
        public QueueState applyTo(QueueState state) {
            return state.change(job, j -> j.to(JobState.CANCELED, at, JobReason.MOVED));
        }
    }
}
