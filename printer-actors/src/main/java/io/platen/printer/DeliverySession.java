package io.platen.printer;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.language.DeviceStatus;
import io.platen.printer.transport.Line.DocumentBrokenException;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One document on one open line: sending, closing, and the end with its evidence. It acts on the line; what follows for
 * the connection, its owner decides from the {@link Over} that ends it.
 *
 * <p>Reading never stops. After a failed write what the printer still has to say is read before the
 * line is closed. All deadlines are for lack of life, not for lack of progress: a printer that is
 * out of paper may take nothing for hours.
 */
final class DeliverySession {

    /** Hears what the session learns on its way. */
    interface Observer {
        /** The printer's late words for the job before, on a connection that was kept open. */
        void saidOfTheJobBefore(Words words, long atNanos);

        /** The printer is alive but takes no data ({@code true}), or takes data again. */
        void stalled(boolean stalled);

        /** The printer leaves status queries unanswered ({@code true}), or answers again. */
        void unanswered(boolean unanswered);

        /** So much of the document is on its way, and so much the printer has acknowledged. */
        void progressed(ByteCounts bytes);
    }

    /** The end of a session; {@code keptOpen} when the line is still good. */
    record Over(Evidence evidence, boolean keptOpen) {}

    private enum Phase {
        /** A printer that has never answered is asked for its status, to know whether it can confirm anything. */
        ASKING,
        STARTING,
        SENDING,
        /** Everything is with the kernel; the printer's acknowledgement and its FIN are awaited. */
        CLOSING,
        /** The printer is asked whether the labels are out; the line is as it was while sending. */
        CONFIRMING,
        /** A write has failed; the printer's last words are awaited. */
        DRAINING,
        /** The job was canceled and our FIN sent; the printer's FIN is awaited while it still reads. */
        CANCELING,
        /** The line is being closed. */
        ENDING,
        /** The session has ended, and the line stays open: what still comes is not heard here. */
        ENDED
    }

    private static final Duration FASTEST_SAMPLE = Duration.ofMillis(10);
    private static final Duration SLOWEST_SAMPLE = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final Duration CONFIRM_POLL = Duration.ofMillis(500);

    /** A printer that does not answer is asked seldom: each question lies in its buffer until it can. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    /** How long the first job waits for the answer that shows that its printer answers. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

    /** How long a printer may still read after a cancel. */
    private static final Duration CANCEL = Duration.ofSeconds(2);

    private final OpenLine line;
    private final Deliver delivery;
    private final Attempt attempt;
    private final ConnectionSettings settings;
    private final ConnectionPolicy policy;
    private final Duration closePatience;
    private final InstantSource clock;
    private final Observer observer;
    private final PrintedCheck printed;

    private Phase phase = Phase.STARTING;
    private Duration sampleEvery = FASTEST_SAMPLE;
    private boolean printerAnswers;
    private boolean takesNothing;
    private boolean answersNothing;
    private boolean cannotPrint;
    private boolean retired;
    private boolean canceled;
    private End end = End.RESET;
    private @Nullable Throwable error;

    /** A sample took the error of an RST: the read that follows sees the end of the stream, which is no FIN. */
    private boolean resetSwallowed;

    /** Set once the job is judged on a line that stays open. */
    private @Nullable Over keptOpen;

    /**
     * Begins.
     *
     * @param policy what becomes of the line after the document
     * @param printerHasAnswered whether this printer has ever answered a status query
     */
    DeliverySession(
            OpenLine line,
            Deliver delivery,
            Attempt attempt,
            ConnectionSettings settings,
            ConnectionPolicy policy,
            Duration closePatience,
            boolean printerHasAnswered,
            InstantSource clock,
            Observer observer) {
        this.line = line;
        this.delivery = delivery;
        this.attempt = attempt;
        this.settings = settings;
        this.policy = policy;
        this.closePatience = closePatience;
        this.printerAnswers = printerHasAnswered || delivery.brief().answersStatus();
        this.clock = clock;
        this.observer = observer;
        this.printed = new PrintedCheck(
                settings.language().statusQueries(), delivery.brief().statusAnswersOwed());
        if (settings.confirm() == Rung.PRINTED && !printerAnswers) {
            phase = Phase.ASKING;
            attempt.note(Side.US, "ask", "whether it answers status queries at all");
            line.write(Source.single(
                    ByteString.fromString(settings.language().statusQueries().get(0))));
            line.start(Timer.STATUS_REPLY, FIRST_ANSWER);
        } else {
            begin();
        }
    }

    private void begin() {
        phase = Phase.STARTING;
        line.timers().cancel(Timer.STATUS_REPLY);
        attempt.begins(line.line().written());
        line.sample();
    }

    private Evidence evidence(End how) {
        return attempt.evidence(how, error, line.line(), settings, clock.instant());
    }

    /** The kernel's last word: nothing was heard since. */
    private void observe(Optional<TcpInfo> info) {
        attempt.observe(info, line.line());
        tellTheJobBefore(System.nanoTime(), info.isPresent());
    }

    private void tellTheJobBefore(long askedAtNanos, boolean answered) {
        Words late = attempt.wordsForTheJobBefore(askedAtNanos, answered);
        if (!late.isEmpty()) {
            // What it had begun to say belongs to the same words.
            observer.saidOfTheJobBefore(late.and(line.rest()), attempt.undecidedSinceNanos());
        }
    }

    /** Whether the printer's TCP has all of it, as far as the last sample says. */
    private boolean isTaken() {
        return phase == Phase.CLOSING
                && attempt.kernelTells()
                && attempt.bytes(line.line()).allAcknowledged();
    }

    /** Ends at once, because Platen goes down. A job that the printer has taken is ended in order. */
    void interrupt() {
        if (isTaken()) {
            // Only the printer's close is awaited, and a reset could take what it has not read.
            end = End.CLOSE_TIMEOUT;
            phase = Phase.ENDING;
            attempt.ends("close", "told to stop");
            line.close();
        } else {
            abort(End.INTERRUPTED, "told to stop");
        }
    }

    /** Stops at once, for a reason that is not the line's. The printer is sent an RST. */
    private void abort(End how, String why) {
        end = how;
        phase = Phase.ENDING;
        attempt.ends("rst", why);
        line.abort();
    }

    /**
     * Stops for a sender who has taken the job back: what is unsent stays here, and our FIN follows what was sent. Some
     * printers lose a socket to each RST, so only one that does not read any more is sent one.
     */
    void cancel() {
        line.stopWriting();
        canceled = true;
        if (phase == Phase.ASKING
                || phase == Phase.STARTING
                || phase == Phase.DRAINING
                || phase == Phase.ENDING
                || takesNothing) {
            abort(End.INTERRUPTED, "canceled");
            return;
        }
        if (phase != Phase.CLOSING || policy == ConnectionPolicy.KEEP_OPEN) {
            attempt.note(Side.US, "fin", "canceled");
            line.line().finishSending();
        }
        phase = Phase.CANCELING;
        line.timers().cancelAll();
        line.start(Timer.CANCELED, CANCEL);
        if (attempt.hasPeerFinished()) {
            endWith(End.INTERRUPTED, false);
        }
    }

    /** The printer's settings have changed: what makes headway goes on, what stands still ends now or when it does. */
    void retire() {
        retired = true;
        endIfRetired();
    }

    /** What the printer said; its frames are whole. */
    void said(Words words) {
        boolean isAnswer = words.statuses().anyMatch(status -> status.answerTo() != null);
        printerAnswers |= isAnswer;
        if (phase == Phase.ASKING && isAnswer) {
            begin();
            return;
        }
        boolean answers = phase == Phase.CONFIRMING && !words.frames().isEmpty();
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
    }

    /** The session's end, when this event is the last. */
    @Nullable
    Over on(LineEvent event) {
        switch (phase) {
            case ASKING -> asking(event);
            case STARTING -> starting(event);
            case SENDING, CONFIRMING, CLOSING, DRAINING -> running(event);
            case CANCELING -> canceling(event);
            case ENDING -> {
                return ending(event);
            }
            case ENDED -> {}
        }
        return keptOpen;
    }

    private void asking(LineEvent event) {
        if (event instanceof LineEvent.Due due && due.timer() == Timer.STATUS_REPLY) {
            printed.owesOneMore();
            begin();
        } else if (!(event instanceof LineEvent.Written)) {
            running(event);
        }
    }

    private void starting(LineEvent event) {
        if (event instanceof LineEvent.Sampled sampled) {
            attempt.begin(sampled.info());
            tellTheJobBefore(System.nanoTime(), true);
            Errno pending = attempt.pendingError(sampled.info());
            if (pending != null) {
                onPendingError(pending);
                return;
            }
            phase = Phase.SENDING;
            line.write(preceded(delivery.document()));
            line.start(Timer.SAMPLE, SLOWEST_SAMPLE);
            return;
        }
        running(event);
    }

    /** A format that an earlier document left unfinished would swallow this one. */
    private Source<ByteString, ?> preceded(Source<ByteString, ?> document) {
        String cancel =
                delivery.brief().afterPartialFormat() ? settings.language().cancelsPartialFormat() : "";
        if (cancel.isEmpty()) {
            return document;
        }
        ByteString preamble = ByteString.fromString(cancel);
        line.precede();
        attempt.precededBy(preamble.size(), "cancels a format that was left unfinished");
        return Source.single(preamble).concat(document);
    }

    private void running(LineEvent event) {
        if (event instanceof LineEvent.Sampled sampled) {
            onSampled(sampled);
        } else if (event instanceof LineEvent.Written written) {
            onWritten(written);
        } else if (event instanceof LineEvent.WriteFailed failed) {
            onWriteFailed(failed.cause());
        } else if (event instanceof LineEvent.PeerFinished) {
            onPeerFinished();
        } else if (event instanceof LineEvent.Broken broken) {
            onBroken(broken.cause());
        } else if (event instanceof LineEvent.Due due) {
            onDue(due.timer());
        }
    }

    private void onWritten(LineEvent.Written written) {
        if (phase != Phase.SENDING || !line.isLatest(written)) {
            return;
        }
        attempt.allWritten();
        if (settings.confirm() == Rung.PRINTED) {
            phase = Phase.CONFIRMING;
            attempt.note(Side.US, "ask", "whether the labels are printed");
            line.start(Timer.CONFIRM, settings.confirmTimeout());
            ask();
            line.sample();
        } else {
            finish();
        }
    }

    private void ask() {
        line.write(Source.single(ByteString.fromString(printed.nextQuestion())));
        line.start(Timer.CONFIRM_POLL, ASK_AGAIN);
    }

    /** A printer that says why it cannot print, or prints label after label, has all the time it needs. */
    private void onStatus(DeviceStatus status) {
        var answer = printed.heard(status, System.nanoTime());
        if (answer != PrintedCheck.Answer.NOT_OURS && answersNothing) {
            line.start(Timer.CONFIRM, settings.confirmTimeout());
            answersNothing(false);
        }
        if (answer != PrintedCheck.Answer.NOT_OURS) {
            cannotPrint = answer == PrintedCheck.Answer.HELD_UP;
            endIfRetired();
        }
        if (phase != Phase.CONFIRMING) {
            return;
        }
        switch (answer) {
            case PRINTED -> {
                attempt.confirmed();
                line.timers().cancel(Timer.CONFIRM);
                line.timers().cancel(Timer.CONFIRM_POLL);
                finish();
            }
            case GOES_ON, HELD_UP -> {
                line.start(Timer.CONFIRM_POLL, CONFIRM_POLL);
                line.start(Timer.CONFIRM, settings.confirmTimeout());
            }
            case NO_PROGRESS -> line.start(Timer.CONFIRM_POLL, CONFIRM_POLL);
            case NOT_OURS -> {
                // A printer that talks unasked must not put the next question off.
                if (status.answerTo() != null) {
                    line.start(Timer.CONFIRM_POLL, CONFIRM_POLL);
                }
            }
        }
    }

    /**
     * Silence alone says nothing: printers do not answer while media or ribbon is out or the head is open. One that has
     * answered before will again; one that never has cannot confirm anything.
     */
    private void onConfirmTimeout() {
        boolean isUnanswered = printed.isUnansweredFor(ASK_AGAIN, System.nanoTime());
        if (isUnanswered && printerAnswers) {
            answersNothing(true);
            line.start(Timer.CONFIRM, settings.confirmTimeout());
            return;
        }
        if (isUnanswered) {
            attempt.unanswered();
        }
        endWith(End.NOT_CONFIRMED);
    }

    /** The job is with the printer; now its end of the connection. */
    private void finish() {
        phase = Phase.CLOSING;
        if (policy == ConnectionPolicy.PER_JOB) {
            attempt.note(Side.US, "fin", null);
            line.line().finishSending();
        }
        if (!attempt.kernelTells()) {
            awaitClose();
        }
        sampleEvery = FASTEST_SAMPLE;
        line.sample();
    }

    /** What the printer's end of the connection says is asked for every second from here on. */
    private void awaitClose() {
        line.start(Timer.CLOSE, closePatience);
        line.line().askPeer();
    }

    private void onWriteFailed(Throwable cause) {
        if (cause instanceof DocumentBrokenException) {
            error = cause;
            attempt.note(Side.US, "unreadable", "the document could not be read");
            endWith(End.DOCUMENT_BROKEN);
            return;
        }
        broken(cause);
        if (attempt.hasPeerFinished()) {
            endWith(End.RESET);
            return;
        }
        phase = Phase.DRAINING;
        line.start(Timer.DRAINED, DRAIN);
    }

    private void broken(Throwable cause) {
        if (error == null) {
            error = cause;
            attempt.broken(cause);
        }
    }

    private void onPeerFinished() {
        if (resetSwallowed) {
            endWith(End.RESET);
            return;
        }
        attempt.peerFinished();
        if (phase == Phase.DRAINING) {
            endWith(End.RESET);
            return;
        }
        line.start(Timer.DRAINED, settings.stallTimeout());
        line.sample();
    }

    private void onBroken(Throwable cause) {
        broken(cause);
        // TCP_USER_TIMEOUT counts a closed window whose probes are answered, too.
        boolean isImpatience = Errno.of(error) == Errno.ETIMEDOUT && attempt.isHeldUp();
        endWith(isImpatience ? End.STALL : End.RESET);
    }

    /**
     * An RST may come behind the printer's FIN, or while reads still find data: a read then ends as if the
     * stream had ended in order, and only the socket's pending error tells. What is still to be read is
     * read before the line is closed.
     */
    private void onPendingError(Errno pending) {
        broken(pending.exception());
        if (attempt.hasPeerFinished()) {
            endWith(End.RESET);
            return;
        }
        // EPIPE is for an RST behind a FIN.
        resetSwallowed = pending != Errno.EPIPE;
        phase = Phase.DRAINING;
        line.start(Timer.DRAINED, DRAIN);
    }

    private void onSampled(LineEvent.Sampled sampled) {
        var info = sampled.info();
        attempt.observe(info, line.line());
        observer.progressed(attempt.bytes(line.line()));
        if (info.isPresent()) {
            tellTheJobBefore(sampled.askedAtNanos(), true);
        }
        Errno pending = attempt.pendingError(info);
        if (pending != null) {
            onPendingError(pending);
            return;
        }
        if (attempt.hasPeerFinished() && attempt.isDead()) {
            endWith(End.RESET);
            return;
        }
        boolean allAcknowledged = attempt.bytes(line.line()).allAcknowledged();
        boolean allTaken = phase == Phase.CLOSING && allAcknowledged;
        if (allTaken) {
            onAllTaken();
            if (phase != Phase.CLOSING) {
                return;
            }
        }
        boolean nothingIsOwed = allTaken || (phase == Phase.CONFIRMING && allAcknowledged);
        if (isGivenUp(nothingIsOwed)) {
            return;
        }
        takesNothing(!nothingIsOwed && attempt.hasNoProgressFor(settings.stallTimeout()));
        if (phase == Phase.ENDING) {
            return;
        }
        sampleEvery = min(sampleEvery.multipliedBy(2), SLOWEST_SAMPLE);
        line.start(Timer.SAMPLE, phase == Phase.CLOSING ? sampleEvery : SLOWEST_SAMPLE);
    }

    private void onAllTaken() {
        if (attempt.hasPeerFinished()) {
            endWith(End.PEER_FIN);
        } else if (policy == ConnectionPolicy.KEEP_OPEN && attempt.kernelTells()) {
            line.timers().cancelAll();
            phase = Phase.ENDED;
            keptOpen = new Over(evidence(End.KEPT_OPEN), true);
        } else if (!line.timers().isTimerActive(Timer.CLOSE)) {
            awaitClose();
        }
    }

    /** Whether the printer has been silent, or taken nothing, for too long: then the session is ending. */
    private boolean isGivenUp(boolean nothingIsOwed) {
        boolean isSilent = attempt.isSilentFor(settings.stallTimeout());
        boolean isAsking = phase == Phase.CONFIRMING;
        if (isSilent && (isAsking || !attempt.bytes(line.line()).allAcknowledged())) {
            attempt.note(
                    Side.NETWORK,
                    "silence",
                    "no answer for " + settings.stallTimeout().toMillis() + " ms");
            endWith(isAsking && nothingIsOwed ? End.NOT_CONFIRMED : End.SILENCE, true);
            return true;
        }
        boolean isPatient = settings.patience().isZero() || !attempt.hasNoProgressFor(settings.patience());
        if (!nothingIsOwed && !isPatient) {
            attempt.note(
                    Side.US,
                    "patience",
                    "nothing taken for " + settings.patience().toMillis() + " ms");
            endWith(End.STALL);
            return true;
        }
        return false;
    }

    private void takesNothing(boolean now) {
        if (now != takesNothing) {
            takesNothing = now;
            observer.stalled(now);
            endIfRetired();
        }
    }

    private void answersNothing(boolean now) {
        if (now != answersNothing) {
            answersNothing = now;
            observer.unanswered(now);
            endIfRetired();
        }
    }

    private void endIfRetired() {
        boolean standsStill = takesNothing || answersNothing || cannotPrint;
        if (retired && standsStill && phase != Phase.ENDING && phase != Phase.ENDED) {
            abort(End.RETIRED, "the printer's settings have changed");
        }
    }

    private void onDue(Timer timer) {
        switch (timer) {
            case SAMPLE -> line.sample();
            case DRAINED -> onDrained();
            case CLOSE -> endWith(End.CLOSE_TIMEOUT);
            case CONFIRM -> onConfirmTimeout();
            case CONFIRM_POLL -> ask();
            case IDLE, STATUS_REPLY, PORT, BACKOFF, HELD, REPLY_PAUSE, CANCELED -> {}
        }
    }

    private void onDrained() {
        if (phase == Phase.DRAINING) {
            endWith(End.RESET);
        } else if (attempt.hasNoProgressFor(settings.stallTimeout())) {
            // Some printers half-close at once and read all the same, slowly; this one has had its time.
            endWith(End.PEER_FIN);
        } else {
            line.start(Timer.DRAINED, settings.stallTimeout());
        }
    }

    private void canceling(LineEvent event) {
        if (event instanceof LineEvent.PeerFinished || event instanceof LineEvent.Broken) {
            endWith(End.INTERRUPTED, false);
        } else if (event instanceof LineEvent.Due due && due.timer() == Timer.CANCELED) {
            endWith(End.INTERRUPTED, true);
        }
    }

    private void endWith(End how) {
        boolean hard = switch (how) {
            case SILENCE, STALL, DOCUMENT_BROKEN, INTERRUPTED, RETIRED -> true;
            default -> false;
        };
        endWith(how, hard);
    }

    private void endWith(End how, boolean hard) {
        end = how;
        phase = Phase.ENDING;
        if (hard) {
            attempt.ends("rst", "given up");
            line.abort();
        } else {
            attempt.ends("close", null);
            line.close();
        }
    }

    private @Nullable Over ending(LineEvent event) {
        if (!(event instanceof LineEvent.Closed closed)) {
            return null;
        }
        observe(closed.info());
        if (canceled || end == End.INTERRUPTED || end == End.RETIRED || end == End.CLOSE_TIMEOUT) {
            return new Over(evidence(end), false);
        }
        Errno pending = attempt.pendingError(closed.info());
        if (pending != null && end == End.PEER_FIN) {
            broken(pending.exception());
        }
        if (error != null && end == End.PEER_FIN) {
            end = End.RESET;
        }
        return new Over(evidence(isClosedEarly() ? End.PEER_FIN : end), false);
    }

    /** Whether the sender has taken the job back. */
    boolean isCanceled() {
        return canceled;
    }

    /**
     * The printer's FIN came before it had everything, and the RST that followed was its kernel's answer to
     * the rest: EPIPE. An RST without a FIN before it is ECONNRESET.
     */
    private boolean isClosedEarly() {
        return end == End.RESET
                && attempt.hasPeerFinished()
                && Errno.of(error) == Errno.EPIPE
                && !attempt.bytes(line.line()).allAcknowledged();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
