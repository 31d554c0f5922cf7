package io.platen.spooler.job;

import io.platen.printer.AttemptId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A printer's queue as its events have left it.
 *
 * @param profile null before the printer was configured and after it was removed
 * @param stoppedOn the job on which the queue has stopped because the printer is unwell
 * @param underWay the attempt that was started and has not ended
 * @param lastFailure the latest attempt that failed, of any job
 * @param lastDeliveredAt when a job was delivered last
 * @param stateSince since when the printer is in its state
 * @param lastJob the highest job number given out
 * @param events how many events there were: the sequence number of the last
 */
public record QueueState(
        @Nullable PrinterProfile profile,
        boolean paused,
        @Nullable Integer stoppedOn,
        @Nullable AttemptId underWay,
        @Nullable JobAttempt lastFailure,
        @Nullable Instant lastDeliveredAt,
        Instant stateSince,
        int lastJob,
        long events,
        JobTable jobs) {

    /** A printer that nobody has configured yet. */
    public static QueueState empty(int finishedJobsKept) {
        return new QueueState(
                null, false, null, null, null, null, Instant.EPOCH, 0, 0, JobTable.empty(finishedJobsKept));
    }

    /** A printer's state (RFC 8011, section 5.4.11), as far as the queue knows it. */
    public enum PrinterState {
        IDLE,
        PROCESSING,
        STOPPED
    }

    /** What state the printer is in. */
    public PrinterState printerState() {
        if (underWay != null) {
            return PrinterState.PROCESSING;
        }
        return paused || stoppedOn != null ? PrinterState.STOPPED : PrinterState.IDLE;
    }

    /**
     * The job that may be sent now, if any may. While the queue has stopped on a job, the one behind it goes
     * first for as often as it may fail: if it comes through, the printer is well and the stopped job is
     * not; if it fails too, nothing has changed places.
     */
    Optional<PrintJob> next() {
        if (profile == null || paused || underWay != null) {
            return Optional.empty();
        }
        if (stoppedOn == null) {
            return jobs.first();
        }
        var behind =
                jobs.first().filter(job -> job.number() != stoppedOn && job.countedAttempts() + 1 < profile.attempts());
        return behind.isPresent()
                ? behind
                : jobs.find(stoppedOn).filter(job -> job.state() == JobState.PROCESSING_STOPPED);
    }

    /** Applies an event. Total: whatever was stored can be replayed. */
    public QueueState after(PrinterEvent event) {
        QueueState counted = new QueueState(
                profile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                lastDeliveredAt,
                stateSince,
                lastJob,
                events + 1,
                jobs);
        QueueState next = event.applyTo(counted);
        return next.printerState() == printerState() && profile != null ? next : next.since(event.at());
    }

    QueueState configured(@Nullable PrinterProfile newProfile) {
        return new QueueState(
                newProfile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                lastDeliveredAt,
                stateSince,
                lastJob,
                events,
                jobs);
    }

    /** Only what keeps numbers from being given out twice is left. */
    QueueState removed() {
        return new QueueState(null, false, null, null, null, null, stateSince, lastJob, events, jobs.cleared());
    }

    /** Jobs that ended before a moment are forgotten. */
    QueueState historyExpired(Instant before) {
        return new QueueState(
                profile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                lastDeliveredAt,
                stateSince,
                lastJob,
                events,
                jobs.withoutEndedBefore(before));
    }

    /** The sequence number of the first event that the history of any job still needs. */
    public long neededFrom() {
        return jobs.all().stream().findFirst().map(PrintJob::firstEvent).orElse(events);
    }

    QueueState paused(boolean isPaused) {
        return new QueueState(
                profile,
                isPaused,
                stoppedOn,
                underWay,
                lastFailure,
                lastDeliveredAt,
                stateSince,
                lastJob,
                events,
                jobs);
    }

    QueueState submitted(PrintJob job) {
        return new QueueState(
                profile,
                paused,
                stoppedOn,
                underWay,
                lastFailure,
                lastDeliveredAt,
                stateSince,
                Math.max(lastJob, job.number()),
                events,
                jobs.with(job));
    }

    QueueState sending(@Nullable AttemptId attempt) {
        return new QueueState(
                profile, paused, stoppedOn, attempt, lastFailure, lastDeliveredAt, stateSince, lastJob, events, jobs);
    }

    QueueState stoppedOn(@Nullable Integer job) {
        return new QueueState(
                profile, paused, job, underWay, lastFailure, lastDeliveredAt, stateSince, lastJob, events, jobs);
    }

    QueueState deliveredAt(Instant at, int job) {
        Integer stillStopped = stoppedOn != null && stoppedOn == job ? null : stoppedOn;
        return new QueueState(profile, paused, stillStopped, null, lastFailure, at, stateSince, lastJob, events, jobs);
    }

    /** What shows the printer well is forgotten: better to suspect it once too often than the next jobs. */
    QueueState deliveryRetracted() {
        return new QueueState(
                profile, paused, stoppedOn, underWay, lastFailure, null, stateSince, lastJob, events, jobs);
    }

    QueueState noted(JobAttempt failed) {
        return new QueueState(
                profile, paused, stoppedOn, underWay, failed, lastDeliveredAt, stateSince, lastJob, events, jobs);
    }

    QueueState failed(JobAttempt attempt) {
        return new QueueState(
                profile, paused, stoppedOn, null, attempt, lastDeliveredAt, stateSince, lastJob, events, jobs);
    }

    /** One job changed by the current event. A job that is not kept any more stays forgotten. */
    QueueState change(int number, UnaryOperator<PrintJob> change) {
        return jobs.find(number)
                .map(job -> new QueueState(
                        profile,
                        paused,
                        stoppedOn,
                        underWay,
                        lastFailure,
                        lastDeliveredAt,
                        stateSince,
                        lastJob,
                        events,
                        jobs.with(change.apply(job).seenAt(events))))
                .orElse(this);
    }

    private QueueState since(Instant at) {
        return new QueueState(
                profile, paused, stoppedOn, underWay, lastFailure, lastDeliveredAt, at, lastJob, events, jobs);
    }
}
