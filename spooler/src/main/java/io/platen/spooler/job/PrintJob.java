package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job after its events.
 *
 * @param number counted from 1 per printer
 * @param attempts the latest attempts, oldest first; all of them are in the journal
 * @param startedAt when the first attempt started
 * @param quarantinedAt since when the job is in failure storage; null when it is not
 * @param movingTo the printer to which the job is being moved
 * @param firstEvent sequence number of the job's first event in the printer's stream
 * @param lastEvent sequence number of its latest event
 */
public record PrintJob(
        int number,
        JobTicket ticket,
        JobState state,
        List<JobReason> reasons,
        List<JobAttempt> attempts,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Rung rung,
        @Nullable Instant quarantinedAt,
        @Nullable PrinterId movingTo,
        long firstEvent,
        long lastEvent)
        implements KeptJob {

    /** One more than a printer may allow, so that all attempts of which a label may be out can be counted. */
    private static final int ATTEMPTS_KEPT = 101;

    private static final int TRANSCRIPTS_KEPT = 3;

    static PrintJob submitted(int number, JobTicket ticket, boolean held, Instant at, long event) {
        return new PrintJob(
                number,
                ticket,
                held ? JobState.PENDING_HELD : JobState.PENDING,
                held ? List.of(JobReason.JOB_HOLD_UNTIL_SPECIFIED) : List.of(),
                List.of(),
                at,
                null,
                null,
                null,
                null,
                null,
                event,
                event);
    }

    public boolean isWaiting() {
        return state == JobState.PENDING;
    }

    /** Whether the job is in failure storage. */
    public boolean isQuarantined() {
        return quarantinedAt != null;
    }

    /**
     * Whether a scan found that the document ends inside a format or its data. The printer would take the beginning of the
     * next job for the rest of it.
     */
    public boolean isFormatIncomplete() {
        return ticket.labels() != null && ticket.labels().incomplete();
    }

    /**
     * Whether the job's print data must be kept: the job may still be sent, is in failure storage, or ended recently.
     *
     * @param keptFor how long a finished job's print data is kept
     */
    public boolean needsDocument(Instant now, Duration keptFor) {
        return endedAt == null || isQuarantined() || endedAt.plus(keptFor).isAfter(now);
    }

    @Override
    public boolean isOver() {
        return state.isFinished() && !isQuarantined();
    }

    @Override
    public @Nullable String ownKey() {
        return ticket.ownKey();
    }

    @Override
    public boolean isWatched() {
        return ticket.callback() != null || ticket.traceparent() != null;
    }

    @Override
    public String documentId() {
        return ticket.document().id();
    }

    @Override
    public boolean hasBytesOf(StoredDocument document) {
        StoredDocument own = ticket.document();
        return own.size() == document.size() && own.sha256().equals(document.sha256());
    }

    @Override
    public PrintJob job() {
        return this;
    }

    /** Whether the job counts as completed because of this attempt. */
    boolean isCompletedBy(int attempt) {
        return state == JobState.COMPLETED
                && !attempts.isEmpty()
                && attempts.get(attempts.size() - 1).number() == attempt;
    }

    boolean canCancel() {
        return !state.isFinished() && movingTo == null;
    }

    boolean canHold() {
        return state == JobState.PENDING;
    }

    boolean canRelease() {
        return state == JobState.PENDING_HELD && movingTo == null;
    }

    boolean canMove() {
        return (state == JobState.PENDING || state == JobState.PENDING_HELD) && movingTo == null;
    }

    /** Attempts that count against the printer's limit. */
    public int countedAttempts() {
        return (int) attempts.stream().filter(JobAttempt::counts).count();
    }

    /** Whether every attempt that counts was ended by the printer, with bytes of the document missing. */
    boolean allCountedAttemptsSpeakAgainstIt() {
        return attempts.stream()
                .filter(JobAttempt::counts)
                .map(JobAttempt::failure)
                .allMatch(failure -> failure != null && failure.speaksAgainstTheDocument());
    }

    /** Attempts of which a label may be out. Without an operator there are never more than the printer's limit. */
    public int copiesSent() {
        return (int) attempts.stream().filter(this::isCopy).count();
    }

    /**
     * Whether a label may be out after these bytes: the printer acknowledged at least the first whole label. When the
     * document's labels are not known, any byte counts; a document without labels must be acknowledged as a whole. When it
     * is not known what was acknowledged, the written bytes count.
     */
    boolean mayHavePrinted(ByteCounts bytes) {
        Long acknowledged = bytes.acknowledged();
        return bytes.areUnknown() || (acknowledged == null ? bytes.written() : acknowledged) >= firstLabelEnd();
    }

    private long firstLabelEnd() {
        Labels labels = ticket.labels();
        if (labels == null) {
            return 1;
        }
        return labels.firstLabelEnd() > 0
                ? labels.firstLabelEnd()
                : Math.max(1, ticket.document().size());
    }

    /** Whether the printer may now hold a format of this document without its end. */
    boolean leavesPartialFormat(ByteCounts bytes) {
        // A printer that resets may have read more than it acknowledged.
        return hasFormats() && bytes.anySent();
    }

    /** Whether a scan found formats in the document. */
    public boolean hasFormats() {
        Labels labels = ticket.labels();
        return labels != null && (labels.total() > 0 || labels.incomplete());
    }

    @Nullable
    Instant lastAttemptStartedAt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).startedAt();
    }

    /** The attempt that can be dropped: one that does not count, or at least one of which no label can be out. */
    private JobAttempt leastTelling() {
        return attempts.stream()
                .filter(attempt -> !attempt.counts() && !isCopy(attempt))
                .findFirst()
                .or(() -> attempts.stream().filter(attempt -> !isCopy(attempt)).findFirst())
                .orElse(attempts.get(0));
    }

    private boolean isCopy(JobAttempt attempt) {
        return attempt.bytes() != null && mayHavePrinted(attempt.bytes());
    }

    int nextAttempt() {
        return attempts.isEmpty() ? 1 : attempts.get(attempts.size() - 1).number() + 1;
    }

    /** The latest failure, with its verdict. */
    public Optional<JobAttempt> lastFailedAttempt() {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).failure() != null) {
                return Optional.of(attempts.get(i));
            }
        }
        return Optional.empty();
    }

    PrintJob to(JobState next, Instant at, JobReason... why) {
        return with(draft -> {
            draft.state = next;
            draft.reasons = List.of(why);
            draft.endedAt = next.isFinished() ? at : null;
            draft.movingTo = null;
            if (next.isFinished() && !isQuarantined()) {
                draft.attempts = withoutTranscripts();
            }
        });
    }

    PrintJob attemptStarted(int attempt, Instant at) {
        var all = new ArrayList<>(attempts);
        if (all.size() == ATTEMPTS_KEPT) {
            all.remove(leastTelling());
        }
        for (int i = 0; i < all.size() - TRANSCRIPTS_KEPT; i++) {
            all.set(i, all.get(i).withoutTranscript());
        }
        all.add(JobAttempt.started(attempt, at));
        return with(draft -> {
            draft.state = JobState.PROCESSING;
            draft.reasons = List.of();
            draft.attempts = List.copyOf(all);
            draft.startedAt = startedAt == null ? at : startedAt;
            draft.endedAt = null;
            draft.quarantinedAt = null;
            draft.movingTo = null;
        });
    }

    PrintJob attemptEnded(
            Instant at,
            Outcome how,
            @Nullable Rung reached,
            @Nullable ByteCounts counts,
            @Nullable DeliveryFailure why,
            @Nullable Verdict meaning,
            @Nullable LastWords words) {
        return with(draft -> {
            draft.attempts = withLatest(latest().ended(at, how, reached, counts, why, meaning, words));
            draft.rung = reached == null ? rung : reached;
        });
    }

    /** The job as it was before its latest attempt ended. */
    PrintJob attemptUnderWay(int attempt) {
        var underWay = JobAttempt.started(attempt, latest().startedAt());
        return with(draft -> draft.attempts = withLatest(underWay));
    }

    private JobAttempt latest() {
        return attempts.get(attempts.size() - 1);
    }

    private List<JobAttempt> withLatest(JobAttempt latest) {
        var all = new ArrayList<>(attempts);
        all.set(all.size() - 1, latest);
        return List.copyOf(all);
    }

    private List<JobAttempt> withoutTranscripts() {
        return attempts.stream().map(JobAttempt::withoutTranscript).toList();
    }

    PrintJob quarantined(Instant at) {
        return with(draft -> {
            draft.state = JobState.ABORTED;
            draft.reasons = List.of(JobReason.ABORTED_BY_SYSTEM, JobReason.QUARANTINED);
            draft.endedAt = at;
            draft.quarantinedAt = at;
            draft.movingTo = null;
        });
    }

    PrintJob outOfQuarantine(JobReason how) {
        return with(draft -> {
            draft.reasons = List.of(JobReason.ABORTED_BY_SYSTEM, how);
            draft.attempts = withoutTranscripts();
            draft.quarantinedAt = null;
            draft.movingTo = null;
        });
    }

    PrintJob moving(PrinterId to) {
        var why = new ArrayList<>(reasons);
        why.add(JobReason.MOVING);
        return waits(JobState.PENDING_HELD, why, to);
    }

    /** Whether a job that is being moved was held before the move. It is then also held on the other printer. */
    public boolean isHeldBesideItsMove() {
        return reasons.stream().anyMatch(JobReason::holds);
    }

    /** The job as it was before the move. A held job is held again. */
    PrintJob notMoved() {
        var why = new ArrayList<>(reasons);
        why.remove(JobReason.MOVING);
        return waits(isHeldBesideItsMove() ? JobState.PENDING_HELD : JobState.PENDING, why, null);
    }

    private PrintJob waits(JobState how, List<JobReason> why, @Nullable PrinterId to) {
        return with(draft -> {
            draft.state = how;
            draft.reasons = List.copyOf(why);
            draft.endedAt = null;
            draft.movingTo = to;
        });
    }

    PrintJob seenAt(long event) {
        return with(draft -> draft.lastEvent = event);
    }

    private PrintJob with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A mutable copy from which the changed job is made. Fields that are missing here never change. */
    private static final class Draft {
        private final PrintJob from;
        private JobState state;
        private List<JobReason> reasons;
        private List<JobAttempt> attempts;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;
        private @Nullable Rung rung;
        private @Nullable Instant quarantinedAt;
        private @Nullable PrinterId movingTo;
        private long lastEvent;

        Draft(PrintJob from) {
            this.from = from;
            state = from.state;
            reasons = from.reasons;
            attempts = from.attempts;
            startedAt = from.startedAt;
            endedAt = from.endedAt;
            rung = from.rung;
            quarantinedAt = from.quarantinedAt;
            movingTo = from.movingTo;
            lastEvent = from.lastEvent;
        }

        PrintJob done() {
            return new PrintJob(
                    from.number,
                    from.ticket,
                    state,
                    reasons,
                    attempts,
                    from.submittedAt,
                    startedAt,
                    endedAt,
                    rung,
                    quarantinedAt,
                    movingTo,
                    from.firstEvent,
                    lastEvent);
        }
    }
}
