package io.platen.spooler.job;

import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of a printer's queue after its events.
 *
 * @param profile null before the printer is configured and after it is removed
 * @param stoppedOn the job on which the queue has stopped because the printer is unwell
 * @param underWay the attempt that has started and not ended
 * @param lastFailure the latest failed attempt of any job
 * @param seen what the latest deliveries have shown about the printer
 * @param stateSince since when the printer has been in its state
 * @param lastJob the highest job number so far
 * @param events the number of events, which is the sequence number of the last one
 */
public record QueueState(
        @Nullable PrinterProfile profile,
        boolean paused,
        @Nullable Integer stoppedOn,
        @Nullable AttemptId underWay,
        @Nullable JobAttempt lastFailure,
        LastSeen seen,
        Instant stateSince,
        int lastJob,
        long events,
        JobTable jobs) {

    /** The state before a printer is configured. */
    public static QueueState empty(int finishedJobsKept) {
        return new QueueState(
                null, false, null, null, null, LastSeen.NOTHING, Instant.EPOCH, 0, 0, JobTable.empty(finishedJobsKept));
    }

    /** A printer's state (RFC 8011, section 5.4.11), as far as the queue knows it. */
    public enum PrinterState {
        IDLE,
        PROCESSING,
        STOPPED
    }

    public PrinterState printerState() {
        if (underWay != null) {
            return PrinterState.PROCESSING;
        }
        return paused || stoppedOn != null ? PrinterState.STOPPED : PrinterState.IDLE;
    }

    public @Nullable Instant lastDeliveredAt() {
        return seen.deliveredAt();
    }

    /** The job that may be sent now. While the queue has stopped on a job, only a probe may. */
    Optional<PrintJob> next() {
        if (profile == null || paused || underWay != null) {
            return Optional.empty();
        }
        return stoppedOn == null ? jobs.first() : probe();
    }

    /**
     * The next job after the one on which the queue has stopped, if nothing else can show whether the printer is well: the
     * stopped job was sent again on other evidence, and failed again. A job of which a label may be out is no probe.
     */
    Optional<PrintJob> probe() {
        PrinterProfile printer = profile;
        if (stoppedOn == null || printer == null) {
            return Optional.empty();
        }
        boolean wasTriedAgain = jobs.find(stoppedOn)
                .filter(job -> job.countedAttempts() > printer.attempts())
                .filter(job -> !seen.isWellAfter(job.lastAttemptStartedAt()))
                .isPresent();
        return wasTriedAgain
                ? jobs.first().filter(job -> job.copiesSent() == 0 && hasAttemptToSpare(job, printer))
                : Optional.empty();
    }

    /** A probe uses an attempt that cannot condemn its job. Where only one attempt is allowed, it uses that one. */
    private static boolean hasAttemptToSpare(PrintJob job, PrinterProfile printer) {
        return job.countedAttempts() == 0 || job.countedAttempts() + 1 < printer.attempts();
    }

    /**
     * The job whose next attempt is the last one allowed and may condemn it. Before that the printer is asked for its status,
     * if its language has a status query.
     */
    public Optional<PrintJob> suspect() {
        PrinterProfile printer = profile;
        if (printer == null
                || stoppedOn != null
                || printer.language().statusQueries().isEmpty()) {
            return Optional.empty();
        }
        return next().filter(job -> job.countedAttempts() > 0
                && job.countedAttempts() + 1 == printer.attempts()
                && job.allCountedAttemptsSpeakAgainstIt()
                && !seen.isWellAfter(job.startedAt()));
    }

    /** Applies an event. Never fails, so that every stored event can be replayed. */
    public QueueState after(PrinterEvent event) {
        QueueState next = event.applyTo(with(draft -> draft.events++));
        return next.printerState() == printerState() && profile != null ? next : next.since(event.at());
    }

    QueueState configured(@Nullable PrinterProfile newProfile) {
        return with(draft -> draft.profile = newProfile);
    }

    /** Keeps only what prevents job numbers from being used twice. */
    QueueState removed() {
        return new QueueState(
                null, false, null, null, null, LastSeen.NOTHING, stateSince, lastJob, events, jobs.cleared());
    }

    QueueState historyExpired(Instant before) {
        return with(draft -> draft.jobs = jobs.withoutEndedBefore(before));
    }

    /** The sequence number of the first event that any job's history needs. */
    public long neededFrom() {
        return jobs.all().stream().findFirst().map(PrintJob::firstEvent).orElse(events);
    }

    QueueState paused(boolean isPaused) {
        return with(draft -> draft.paused = isPaused);
    }

    QueueState submitted(PrintJob job) {
        return with(draft -> {
            draft.lastJob = Math.max(lastJob, job.number());
            draft.jobs = jobs.with(job);
        });
    }

    QueueState sending(@Nullable AttemptId attempt) {
        return with(draft -> draft.underWay = attempt);
    }

    QueueState stoppedOn(@Nullable Integer job) {
        return with(draft -> draft.stoppedOn = job);
    }

    boolean isStoppedOn(int job) {
        return stoppedOn != null && stoppedOn == job;
    }

    QueueState deliveredAt(Instant at, int job) {
        return with(draft -> {
            draft.stoppedOn = isStoppedOn(job) ? null : stoppedOn;
            draft.underWay = null;
            draft.seen = seen.delivered(at);
        });
    }

    QueueState seen(UnaryOperator<LastSeen> change) {
        return with(draft -> draft.seen = change.apply(seen));
    }

    /** Notes what a failed attempt shows about the printer, and whether the printer may hold a part of the job. */
    QueueState shownBy(DeliveryFailure failure, int job) {
        return shownBy(failure, job, seen.shownBy(failure, job));
    }

    /** Like {@link #shownBy}, for an attempt that had counted as delivered. */
    QueueState shownAfterAll(DeliveryFailure failure, int job) {
        return shownBy(failure, job, seen.shownAfterAll(failure, job).deliveryRetracted());
    }

    private QueueState shownBy(DeliveryFailure failure, int job, LastSeen shown) {
        boolean breaksOff = failure.cause() != Cause.CLOSE_TIMEOUT && failure.cause() != Cause.NOT_CONFIRMED;
        boolean leavesPart = jobs.find(job)
                .filter(j -> breaksOff || j.isFormatIncomplete())
                .filter(j -> j.leavesPartialFormat(failure.bytes()))
                .isPresent();
        // A printer discards what it refuses. If it refused what precedes a document, the document is sent alone next
        // time.
        if (Boolean.TRUE.equals(failure.refused())) {
            return with(draft -> draft.seen = shown.partialFormat(false));
        }
        return with(draft -> draft.seen = leavesPart ? shown.partialFormat(true) : shown);
    }

    /** An attempt that had counted as delivered turned out to have failed. */
    QueueState noted(JobAttempt failed) {
        return with(draft -> draft.lastFailure = failed);
    }

    QueueState failed(JobAttempt attempt) {
        return with(draft -> {
            draft.underWay = null;
            draft.lastFailure = attempt;
        });
    }

    /** Changes one job by the current event. A job that is no longer kept stays forgotten. */
    QueueState change(int number, UnaryOperator<PrintJob> change) {
        return jobs.find(number)
                .map(job ->
                        with(draft -> draft.jobs = jobs.with(change.apply(job).seenAt(events))))
                .orElse(this);
    }

    private QueueState since(Instant at) {
        return with(draft -> draft.stateSince = at);
    }

    private QueueState with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A mutable copy from which the next state is made. */
    private static final class Draft {
        private @Nullable PrinterProfile profile;
        private boolean paused;
        private @Nullable Integer stoppedOn;
        private @Nullable AttemptId underWay;
        private @Nullable JobAttempt lastFailure;
        private LastSeen seen;
        private Instant stateSince;
        private int lastJob;
        private long events;
        private JobTable jobs;

        Draft(QueueState from) {
            profile = from.profile;
            paused = from.paused;
            stoppedOn = from.stoppedOn;
            underWay = from.underWay;
            lastFailure = from.lastFailure;
            seen = from.seen;
            stateSince = from.stateSince;
            lastJob = from.lastJob;
            events = from.events;
            jobs = from.jobs;
        }

        QueueState done() {
            return new QueueState(
                    profile, paused, stoppedOn, underWay, lastFailure, seen, stateSince, lastJob, events, jobs);
        }
    }
}
