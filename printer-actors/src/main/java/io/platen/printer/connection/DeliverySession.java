package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.connection.ConnectionEvent.Closed;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.Written;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.language.DeviceStatus;
import io.platen.printer.transport.Line.DocumentBrokenException;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one document over one open connection, waits for its end, and collects the evidence. It acts on its {@link
 * OpenLine} only. It answers each event with {@link SessionStep}s for its owner; the last one is {@link SessionStep.Over}.
 * {@link SessionPhase} shows its phases.
 *
 * <p>Reading never stops. After a failed write, the printer's last words are read before the connection is closed.
 * Deadlines are for signs of life, not for progress: a printer that is out of paper may take nothing for hours.
 */
final class DeliverySession {

    private static final Duration FASTEST_SAMPLE = Duration.ofMillis(10);
    private static final Duration SLOWEST_SAMPLE = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** How long a printer may still read after its job was canceled. */
    private static final Duration CANCEL = Duration.ofSeconds(2);

    private final OpenLine line;
    private final Deliver delivery;
    private final AttemptRecord attempt;
    private final ConnectionSettings settings;
    private final ConnectionPolicy policy;
    private final Duration closePatience;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Confirmation confirmation;
    private final SessionEnd end = new SessionEnd();
    private final List<SessionStep> steps = new ArrayList<>();

    private SessionPhase phase;
    private Duration sampleEvery = FASTEST_SAMPLE;
    private boolean takesNothing;
    private boolean answersNothing;
    private boolean cannotPrint;
    private boolean retired;
    private boolean canceled;

    /**
     * @param policy whether the connection is closed or stays open after the document
     * @param closePatience how long to wait for the printer's close
     * @param printerHasAnswered whether this printer has ever answered a status query
     * @param nanos the clock of {@link System#nanoTime}
     */
    DeliverySession(
            OpenLine line,
            Deliver delivery,
            AttemptRecord attempt,
            ConnectionSettings settings,
            ConnectionPolicy policy,
            Duration closePatience,
            boolean printerHasAnswered,
            InstantSource clock,
            LongSupplier nanos) {
        this.line = line;
        this.delivery = delivery;
        this.attempt = attempt;
        this.settings = settings;
        this.policy = policy;
        this.closePatience = closePatience;
        this.clock = clock;
        this.nanos = nanos;
        this.confirmation = new Confirmation(line, settings, delivery.brief(), printerHasAnswered);
        if (confirmation.isUncertain()) {
            phase = SessionPhase.ASKING;
            attempt.note(Side.US, "ask", "whether it answers status queries at all");
            confirmation.askFirst();
        } else {
            phase = SessionPhase.STARTING;
            begin();
        }
    }

    // Events ----------------------------------------------------------------------------------------

    List<SessionStep> sampled(Sampled sampled) {
        switch (phase) {
            case STARTING -> onFirstSample(sampled);
            case ASKING, SENDING, CONFIRMING, CLOSING, DRAINING -> onSampled(sampled);
            case CANCELING, ENDING, ENDED -> {}
        }
        return taken();
    }

    List<SessionStep> written(Written written) {
        if (phase == SessionPhase.SENDING && line.isLatest(written)) {
            onAllWritten();
        }
        return taken();
    }

    List<SessionStep> writeFailed(Throwable cause) {
        switch (phase) {
            case ASKING, STARTING, SENDING, CONFIRMING, CLOSING, DRAINING -> onWriteFailed(cause);
            case CANCELING, ENDING, ENDED -> {}
        }
        return taken();
    }

    List<SessionStep> peerFinished() {
        switch (phase) {
            case ASKING, STARTING, SENDING, CONFIRMING, CLOSING, DRAINING -> onPeerFinished();
            case CANCELING -> close(End.INTERRUPTED);
            case ENDING, ENDED -> {}
        }
        return taken();
    }

    List<SessionStep> broken(Throwable cause) {
        switch (phase) {
            case ASKING, STARTING, SENDING, CONFIRMING, CLOSING, DRAINING -> onBroken(cause);
            case CANCELING -> close(End.INTERRUPTED);
            case ENDING, ENDED -> {}
        }
        return taken();
    }

    List<SessionStep> due(Timer timer) {
        switch (phase) {
            case ASKING, STARTING, SENDING, CONFIRMING, CLOSING, DRAINING -> onDue(timer);
            case CANCELING -> {
                if (timer == Timer.CANCELED) {
                    reset(End.INTERRUPTED, "given up");
                }
            }
            case ENDING, ENDED -> {}
        }
        return taken();
    }

    List<SessionStep> closed(Closed closed) {
        if (phase == SessionPhase.ENDING) {
            onClosed(closed.info());
        }
        return taken();
    }

    /** The printer said something in whole frames. */
    List<SessionStep> said(Words words) {
        boolean isAnswer = confirmation.isAnsweredIn(words);
        if (phase == SessionPhase.ASKING && isAnswer) {
            begin();
            return taken();
        }
        boolean answers = phase == SessionPhase.CONFIRMING && !words.frames().isEmpty();
        if (answers) {
            words.statuses().forEach(this::onStatus);
        }
        boolean isOnlyAnswers = answers
                && words.frames().stream()
                        .allMatch(frame ->
                                frame.status() != null && frame.status().answerTo() != null);
        if (!isOnlyAnswers && attempt.replied(words)) {
            line.sample();
        }
        return taken();
    }

    // Requests of the owner -------------------------------------------------------------------------

    /** Ends at once, because Platen goes down. When the printer has taken the whole job, the connection is closed in order. */
    List<SessionStep> interrupt() {
        if (isTaken()) {
            // Only the printer's close is missing, and a reset could destroy bytes that it has not read yet.
            close(End.CLOSE_TIMEOUT, "told to stop");
        } else if (phase != SessionPhase.ENDED) {
            reset(End.INTERRUPTED, "told to stop");
        }
        return taken();
    }

    /**
     * Stops sending, because the sender has canceled the job. Our FIN follows the bytes that were sent. Some printers lose a
     * socket to each RST, so only a printer that has stopped reading gets one.
     */
    List<SessionStep> cancel() {
        line.stopWriting();
        canceled = true;
        switch (phase) {
            case ASKING, STARTING, DRAINING, ENDING -> reset(End.INTERRUPTED, "canceled");
            case SENDING, CONFIRMING, CLOSING, CANCELING -> {
                if (takesNothing) {
                    reset(End.INTERRUPTED, "canceled");
                } else {
                    cancelInOrder();
                }
            }
            case ENDED -> {}
        }
        return taken();
    }

    private void cancelInOrder() {
        if (phase != SessionPhase.CLOSING || policy == ConnectionPolicy.KEEP_OPEN) {
            attempt.note(Side.US, "fin", "canceled");
            line.finishSending();
        }
        become(SessionPhase.CANCELING);
        line.cancelTimers();
        line.start(Timer.CANCELED, CANCEL);
        if (attempt.hasPeerFinished()) {
            close(End.INTERRUPTED);
        }
    }

    /** The printer's settings have changed. The session goes on while it makes progress, and ends as soon as it makes none. */
    List<SessionStep> retire() {
        retired = true;
        endIfRetired();
        return taken();
    }

    // The first byte --------------------------------------------------------------------------------

    private void begin() {
        become(SessionPhase.STARTING);
        line.cancel(Timer.STATUS_REPLY);
        attempt.beginsAfter(line.written());
        line.sample();
    }

    private void onFirstSample(Sampled sampled) {
        attempt.begin(sampled.info());
        tellTheJobBefore(nanos.getAsLong(), true);
        Errno pending = ConnectionEvent.pendingError(sampled.info());
        if (pending != null) {
            onPendingError(pending);
            return;
        }
        become(SessionPhase.SENDING);
        line.write(preceded(delivery.document()));
        line.start(Timer.SAMPLE, SLOWEST_SAMPLE);
    }

    /** Cancels a format that an earlier document left unfinished, as that format would swallow this document. */
    private PrintData preceded(PrintData document) {
        String cancel =
                delivery.brief().afterPartialFormat() ? settings.language().cancelsPartialFormat() : "";
        if (cancel.isEmpty()) {
            return document;
        }
        ByteString preamble = ByteString.fromString(cancel);
        line.precede();
        attempt.precededBy(preamble.size(), "cancels a format that was left unfinished");
        return document.after(preamble);
    }

    // Samples of the connection ---------------------------------------------------------------------

    private void onSampled(Sampled sampled) {
        var info = sampled.info();
        attempt.observe(info, line);
        steps.add(new SessionStep.Progressed(bytes()));
        if (info.isPresent()) {
            tellTheJobBefore(sampled.askedAtNanos(), true);
        }
        Errno pending = ConnectionEvent.pendingError(info);
        if (pending != null) {
            onPendingError(pending);
            return;
        }
        if (attempt.hasPeerFinished() && attempt.isDead()) {
            close(End.RESET);
            return;
        }
        boolean allTaken = phase == SessionPhase.CLOSING && bytes().allAcknowledged();
        if (allTaken) {
            onAllTaken();
            if (phase != SessionPhase.CLOSING) {
                return;
            }
        }
        boolean nothingIsOwed = allTaken || (phase == SessionPhase.CONFIRMING && bytes().allAcknowledged());
        if (givesUp(nothingIsOwed)) {
            return;
        }
        takesNothing(!nothingIsOwed && attempt.hasNoProgressFor(settings.stallTimeout()));
        if (phase == SessionPhase.ENDING) {
            return;
        }
        sampleEvery = min(sampleEvery.multipliedBy(2), SLOWEST_SAMPLE);
        line.start(Timer.SAMPLE, phase == SessionPhase.CLOSING ? sampleEvery : SLOWEST_SAMPLE);
    }

    private void onAllTaken() {
        if (attempt.hasPeerFinished()) {
            close(End.PEER_FIN);
        } else if (policy == ConnectionPolicy.KEEP_OPEN && attempt.kernelTells()) {
            line.cancelTimers();
            become(SessionPhase.ENDED);
            steps.add(new SessionStep.Over(evidence(End.KEPT_OPEN), true, false));
        } else if (!line.awaits(Timer.CLOSE)) {
            awaitClose();
        }
    }

    /** Ends the session when the printer was silent, or took nothing, for too long. Returns whether it did. */
    private boolean givesUp(boolean nothingIsOwed) {
        boolean isSilent = attempt.isSilentFor(settings.stallTimeout());
        boolean isAsking = phase == SessionPhase.CONFIRMING;
        if (isSilent && (isAsking || !bytes().allAcknowledged())) {
            attempt.note(
                    Side.NETWORK,
                    "silence",
                    "no answer for " + settings.stallTimeout().toMillis() + " ms");
            reset(isAsking && nothingIsOwed ? End.NOT_CONFIRMED : End.SILENCE, "given up");
            return true;
        }
        boolean isPatient = settings.patience().isZero() || !attempt.hasNoProgressFor(settings.patience());
        if (!nothingIsOwed && !isPatient) {
            attempt.note(
                    Side.US,
                    "patience",
                    "nothing taken for " + settings.patience().toMillis() + " ms");
            reset(End.STALL, "given up");
            return true;
        }
        return false;
    }

    private void takesNothing(boolean now) {
        if (now != takesNothing) {
            takesNothing = now;
            steps.add(new SessionStep.Stalled(now));
            endIfRetired();
        }
    }

    private void answersNothing(boolean now) {
        if (now != answersNothing) {
            answersNothing = now;
            steps.add(new SessionStep.Unanswered(now));
            endIfRetired();
        }
    }

    private void endIfRetired() {
        boolean standsStill = takesNothing || answersNothing || cannotPrint;
        if (retired && standsStill && phase != SessionPhase.ENDING && phase != SessionPhase.ENDED) {
            reset(End.RETIRED, "the printer's settings have changed");
        }
    }

    private void onDue(Timer timer) {
        switch (timer) {
            case SAMPLE -> line.sample();
            case DRAINED -> onDrained();
            case CLOSE -> close(End.CLOSE_TIMEOUT);
            case CONFIRM -> onConfirmTimeout();
            case CONFIRM_POLL -> confirmation.ask();
            case STATUS_REPLY -> {
                if (phase == SessionPhase.ASKING) {
                    confirmation.isOwedTheFirstAnswer();
                    begin();
                }
            }
            case IDLE, PORT, BACKOFF, HELD, REPLY_PAUSE, CANCELED -> {}
        }
    }

    // Confirming ------------------------------------------------------------------------------------

    private void onAllWritten() {
        attempt.allWritten();
        if (confirmation.isWanted()) {
            become(SessionPhase.CONFIRMING);
            attempt.note(Side.US, "ask", "whether the labels are printed");
            confirmation.begin();
            line.sample();
        } else {
            finish();
        }
    }

    private void onStatus(DeviceStatus status) {
        var answer = confirmation.heard(status, nanos.getAsLong());
        if (answer != PrintedCheck.Answer.NOT_OURS) {
            if (answersNothing) {
                confirmation.awaitAnswers();
            }
            answersNothing(false);
            cannotPrint = answer == PrintedCheck.Answer.HELD_UP;
            endIfRetired();
        }
        if (phase != SessionPhase.CONFIRMING) {
            return;
        }
        if (answer == PrintedCheck.Answer.PRINTED) {
            attempt.confirmed();
            confirmation.end();
            finish();
        } else {
            confirmation.goOn(answer, status);
        }
    }

    private void onConfirmTimeout() {
        boolean isUnanswered = confirmation.isUnanswered(nanos.getAsLong());
        if (isUnanswered && confirmation.willBeAnswered()) {
            answersNothing(true);
            confirmation.awaitAnswers();
            return;
        }
        if (isUnanswered) {
            attempt.unanswered();
        }
        close(End.NOT_CONFIRMED);
    }

    // Closing ---------------------------------------------------------------------------------------

    /** Every byte is written and, where that is wanted, printed. What is left is the close. */
    private void finish() {
        become(SessionPhase.CLOSING);
        if (policy == ConnectionPolicy.PER_JOB) {
            attempt.note(Side.US, "fin", null);
            line.finishSending();
        }
        if (!attempt.kernelTells()) {
            awaitClose();
        }
        sampleEvery = FASTEST_SAMPLE;
        if (policy == ConnectionPolicy.PER_JOB) {
            // The printer's FIN is expected before long, and acknowledges everything.
            line.start(Timer.SAMPLE, FASTEST_SAMPLE);
        } else {
            line.sampleOnceAcknowledged();
        }
    }

    /** From now on the kernel asks the printer for a sign of life in each second of silence. */
    private void awaitClose() {
        line.start(Timer.CLOSE, closePatience);
        line.askPeer();
    }

    private void onPeerFinished() {
        if (end.hasSwallowedReset()) {
            close(End.RESET);
            return;
        }
        attempt.peerFinished();
        if (phase == SessionPhase.DRAINING) {
            close(End.RESET);
            return;
        }
        line.start(Timer.DRAINED, settings.stallTimeout());
        line.sample();
    }

    private void onDrained() {
        if (phase == SessionPhase.DRAINING) {
            close(End.RESET);
        } else if (attempt.hasNoProgressFor(settings.stallTimeout())) {
            // Some printers half-close at once and read on slowly. This one has read nothing for the whole stall
            // timeout.
            close(End.PEER_FIN);
        } else {
            line.start(Timer.DRAINED, settings.stallTimeout());
        }
    }

    // Faults ----------------------------------------------------------------------------------------

    private void onWriteFailed(Throwable cause) {
        if (cause instanceof DocumentBrokenException) {
            end.failsForDocument(cause);
            attempt.note(Side.US, "unreadable", "the document could not be read");
            reset(End.DOCUMENT_BROKEN, "given up");
            return;
        }
        fails(cause);
        drain();
    }

    private void onBroken(Throwable cause) {
        fails(cause);
        // TCP_USER_TIMEOUT also ends a connection whose window is closed although the printer answers probes.
        boolean isImpatience = Errno.of(end.error()) == Errno.ETIMEDOUT && attempt.isHeldUp();
        if (isImpatience) {
            reset(End.STALL, "given up");
        } else {
            close(End.RESET);
        }
    }

    /**
     * An RST may follow the printer's FIN, or come while there is still data to read. The reads then end as if the stream
     * had ended in order, and only the socket's pending error tells of the RST. The data is read before the connection is
     * closed.
     */
    private void onPendingError(Errno pending) {
        fails(pending.exception());
        if (!attempt.hasPeerFinished() && pending != Errno.EPIPE) {
            // EPIPE would mean that the RST followed a FIN.
            end.swallowsReset();
        }
        drain();
    }

    private void drain() {
        if (attempt.hasPeerFinished()) {
            close(End.RESET);
            return;
        }
        become(SessionPhase.DRAINING);
        line.start(Timer.DRAINED, DRAIN);
    }

    private void fails(Throwable cause) {
        if (end.failsWith(cause)) {
            attempt.broken(cause);
        }
    }

    // The end ---------------------------------------------------------------------------------------

    private void close(End how) {
        close(how, null);
    }

    private void close(End how, @Nullable String why) {
        end.is(how);
        become(SessionPhase.ENDING);
        attempt.ends("close", why);
        line.close();
    }

    /** Stops at once with an RST. */
    private void reset(End how, String why) {
        end.is(how);
        become(SessionPhase.ENDING);
        attempt.ends("rst", why);
        line.abort();
    }

    private void onClosed(Optional<TcpInfo> info) {
        attempt.observe(info, line);
        tellTheJobBefore(nanos.getAsLong(), info.isPresent());
        Errno pending = ConnectionEvent.pendingError(info);
        if (pending != null && end.seen() == End.PEER_FIN && !canceled) {
            fails(pending.exception());
        }
        End how = canceled ? end.seen() : end.settled(attempt.hasPeerFinished(), bytes().allAcknowledged());
        become(SessionPhase.ENDED);
        steps.add(new SessionStep.Over(evidence(how), false, canceled));
    }

    private void tellTheJobBefore(long askedAtNanos, boolean answered) {
        Words late = attempt.wordsForTheJobBefore(askedAtNanos, answered);
        if (!late.isEmpty()) {
            // What the printer has begun to say belongs to the same words.
            steps.add(new SessionStep.SaidOfTheJobBefore(late.and(line.rest()), attempt.saidAtNanos()));
        }
    }

    private Evidence evidence(End how) {
        return attempt.evidence(how, end.error(), line, settings, clock.instant());
    }

    /** Whether the printer's TCP had acknowledged every byte at the last sample. */
    private boolean isTaken() {
        return phase == SessionPhase.CLOSING && attempt.kernelTells() && bytes().allAcknowledged();
    }

    private ByteCounts bytes() {
        return attempt.bytes(line);
    }

    private void become(SessionPhase next) {
        assert next == phase || phase.next().containsKey(next) : phase + " does not lead to " + next;
        phase = next;
    }

    private List<SessionStep> taken() {
        if (steps.isEmpty()) {
            return List.of();
        }
        List<SessionStep> all = List.copyOf(steps);
        steps.clear();
        return all;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
