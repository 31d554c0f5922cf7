package io.platen.printer;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.printer.LineEvent.Timer;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.diagnosis.TranscriptEntry.Side;
import io.platen.printer.transport.Line.DocumentBrokenException;
import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One document on one open line: sending, closing, and the end with its evidence.
 *
 * <p>Reading never stops. After a failed write what the printer still has to say is read before the
 * line is closed. All deadlines are for lack of life, not for lack of progress: a printer that is
 * out of paper may take nothing for hours.
 */
final class Delivering {

    /** Takes over when the delivery is over. */
    interface Next {
        /** It ended by itself; {@code keptOpen} when the line is still good. */
        Behavior<Command> ended(Evidence evidence, boolean keptOpen);

        /** The printer's late words for the job before, on a connection that was kept open. */
        void saidOfTheJobBefore(byte[] words, long atNanos);

        /** The printer is alive but takes nothing ({@code true}), or takes data again. */
        void stalled(boolean stalled);
    }

    private enum Phase {
        STARTING,
        SENDING,
        /** Everything is with the kernel; the printer's acknowledgement and its FIN are awaited. */
        CLOSING,
        /** The printer is asked whether the labels are out; the line is as it was while sending. */
        CONFIRMING,
        /** A write has failed; the printer's last words are awaited. */
        DRAINING,
        /** The line is being closed. */
        ENDING,
        /** It was told, and the line stays open: what still comes is not heard here. */
        ENDED
    }

    private static final Duration FASTEST_SAMPLE = Duration.ofMillis(10);
    private static final Duration SLOWEST_SAMPLE = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final Duration CONFIRM_POLL = Duration.ofMillis(500);

    private final OpenLine line;
    private final Deliver delivery;
    private final Attempt attempt;
    private final ConnectionSettings settings;
    private final Duration closePatience;
    private final InstantSource clock;
    private final Next next;

    private Phase phase = Phase.STARTING;
    private Duration sampleEvery = FASTEST_SAMPLE;
    private final Confirming confirming;
    private boolean stalled;
    private End end = End.RESET;
    private @Nullable Throwable error;

    /** A sample took the error of an RST: the read that follows sees the end of the stream, which is no FIN. */
    private boolean resetSwallowed;

    Delivering(
            OpenLine line,
            Deliver delivery,
            Attempt attempt,
            ConnectionSettings settings,
            Duration closePatience,
            InstantSource clock,
            Next next) {
        this.line = line;
        this.delivery = delivery;
        this.attempt = attempt;
        this.settings = settings;
        this.closePatience = closePatience;
        this.clock = clock;
        this.next = next;
        this.confirming = new Confirming(line, settings.language());
        line.sample();
    }

    Evidence evidence(End how) {
        return attempt.evidence(how, error, line.line(), settings, clock.instant());
    }

    /** The kernel's last word: nothing was heard since. */
    void observe(Optional<TcpInfo> info) {
        attempt.observe(info, line.line());
        tellTheJobBefore(System.nanoTime(), info.isPresent());
    }

    private void tellTheJobBefore(long askedAtNanos, boolean answered) {
        byte[] late = attempt.wordsForTheJobBefore(askedAtNanos, answered);
        if (late.length > 0) {
            next.saidOfTheJobBefore(late, attempt.undecidedSinceNanos());
        }
    }

    /** Whether the printer's TCP has all of it, as far as the last sample says. */
    boolean isTaken() {
        return phase == Phase.CLOSING
                && attempt.kernelTells()
                && attempt.bytes(line.line()).allAcknowledged();
    }

    /** Ends the wait for the printer's end of the connection, in order. */
    void close() {
        phase = Phase.ENDING;
        attempt.ends("close", "told to stop");
        line.close();
    }

    /** Stops at once, for a reason that is not the line's. The printer is sent an RST. */
    void abort() {
        phase = Phase.ENDING;
        attempt.ends("rst", "told to stop");
        line.abort();
    }

    Behavior<Command> on(LineEvent event) {
        if (event instanceof LineEvent.Replied replied && phase == Phase.CONFIRMING) {
            return onAnswered(replied.bytes().toArray());
        }
        if (event instanceof LineEvent.Replied replied) {
            onReplied(replied.bytes().toArray());
            return Behaviors.same();
        }
        return switch (phase) {
            case STARTING -> starting(event);
            case SENDING, CONFIRMING, CLOSING, DRAINING -> running(event);
            case ENDING -> ending(event);
            case ENDED -> Behaviors.same();
        };
    }

    private void onReplied(byte[] bytes) {
        if (attempt.replied(bytes)) {
            line.sample();
        }
    }

    private Behavior<Command> starting(LineEvent event) {
        if (event instanceof LineEvent.Sampled sampled) {
            attempt.begin(sampled.info());
            tellTheJobBefore(System.nanoTime(), true);
            Errno pending = attempt.pendingError(sampled.info());
            if (pending != null) {
                return onPendingError(pending);
            }
            phase = Phase.SENDING;
            line.write(delivery.document());
            line.start(Timer.SAMPLE, SLOWEST_SAMPLE);
            return Behaviors.same();
        }
        return running(event);
    }

    private Behavior<Command> running(LineEvent event) {
        if (event instanceof LineEvent.Sampled sampled) {
            return onSampled(sampled);
        } else if (event instanceof LineEvent.Written) {
            return onWritten();
        } else if (event instanceof LineEvent.WriteFailed failed) {
            return onWriteFailed(failed.cause());
        } else if (event instanceof LineEvent.PeerFinished) {
            return onPeerFinished();
        } else if (event instanceof LineEvent.Broken broken) {
            return onBroken(broken.cause());
        } else if (event instanceof LineEvent.Due due) {
            return onDue(due.timer());
        }
        return Behaviors.same();
    }

    private Behavior<Command> onWritten() {
        if (phase != Phase.SENDING) {
            return Behaviors.same();
        }
        attempt.allWritten();
        if (settings.confirm() == Rung.PRINTED) {
            phase = Phase.CONFIRMING;
            attempt.note(Side.US, "ask", "whether the labels are printed");
            line.start(Timer.CONFIRM, settings.confirmTimeout());
            confirming.ask();
            line.sample();
            return Behaviors.same();
        }
        return finish();
    }

    /** A printer that says why it cannot print has all the time it needs. */
    private Behavior<Command> onAnswered(byte[] bytes) {
        switch (confirming.heard(bytes)) {
            case PRINTED -> {
                attempt.confirmed();
                line.timers().cancel(Timer.CONFIRM);
                line.timers().cancel(Timer.CONFIRM_POLL);
                return finish();
            }
            case NOT_YET -> line.start(Timer.CONFIRM_POLL, CONFIRM_POLL);
            case HELD_UP -> {
                line.start(Timer.CONFIRM_POLL, CONFIRM_POLL);
                line.start(Timer.CONFIRM, settings.confirmTimeout());
            }
            case UNASKED -> onReplied(bytes);
            case NONE -> {}
        }
        return Behaviors.same();
    }

    /** The job is with the printer; now its end of the connection. */
    private Behavior<Command> finish() {
        phase = Phase.CLOSING;
        if (settings.policy() == ConnectionPolicy.PER_JOB) {
            attempt.note(Side.US, "fin", null);
            line.line().finishSending();
        }
        if (!attempt.kernelTells()) {
            awaitClose();
        }
        sampleEvery = FASTEST_SAMPLE;
        line.sample();
        return Behaviors.same();
    }

    /** What the printer's end of the connection says is asked for every second from here on. */
    private void awaitClose() {
        line.start(Timer.CLOSE, closePatience);
        line.line().askPeer();
    }

    private Behavior<Command> onWriteFailed(Throwable cause) {
        if (cause instanceof DocumentBrokenException) {
            error = cause;
            attempt.note(Side.US, "unreadable", "the document could not be read");
            return endWith(End.DOCUMENT_BROKEN);
        }
        if (error == null) {
            error = cause;
            attempt.broken(cause);
        }
        if (attempt.hasPeerFinished()) {
            return endWith(End.RESET);
        }
        phase = Phase.DRAINING;
        line.start(Timer.DRAINED, DRAIN);
        return Behaviors.same();
    }

    private Behavior<Command> onPeerFinished() {
        if (resetSwallowed) {
            return endWith(End.RESET);
        }
        attempt.peerFinished();
        if (phase == Phase.DRAINING) {
            return endWith(End.RESET);
        }
        line.start(Timer.DRAINED, DRAIN);
        line.sample();
        return Behaviors.same();
    }

    private Behavior<Command> onBroken(Throwable cause) {
        if (error == null) {
            error = cause;
            attempt.broken(cause);
        }
        // TCP_USER_TIMEOUT counts a closed window whose probes are answered, too.
        boolean isImpatience = Errno.of(error) == Errno.ETIMEDOUT && attempt.isHeldUp();
        return endWith(isImpatience ? End.STALL : End.RESET);
    }

    /**
     * An RST may come behind the printer's FIN, or while reads still find data: a read then ends as if the
     * stream had ended in order, and only the socket's pending error tells. What is still to be read is
     * read before the line is closed.
     */
    private Behavior<Command> onPendingError(Errno pending) {
        if (error == null) {
            error = pending.exception();
            attempt.broken(error);
        }
        if (attempt.hasPeerFinished()) {
            return endWith(End.RESET);
        }
        // EPIPE is for an RST behind a FIN.
        resetSwallowed = pending != Errno.EPIPE;
        phase = Phase.DRAINING;
        line.start(Timer.DRAINED, DRAIN);
        return Behaviors.same();
    }

    private Behavior<Command> onSampled(LineEvent.Sampled sampled) {
        var info = sampled.info();
        attempt.observe(info, line.line());
        if (info.isPresent()) {
            tellTheJobBefore(sampled.askedAtNanos(), true);
        }
        Errno pending = attempt.pendingError(info);
        if (pending != null) {
            return onPendingError(pending);
        }
        if (attempt.hasPeerFinished() && attempt.isDead()) {
            return endWith(End.RESET);
        }
        boolean allAcknowledged = attempt.bytes(line.line()).allAcknowledged();
        boolean allTaken = phase == Phase.CLOSING && allAcknowledged;
        boolean nothingIsOwed = allTaken || (phase == Phase.CONFIRMING && allAcknowledged);
        if (allTaken) {
            if (attempt.hasPeerFinished()) {
                return endWith(End.PEER_FIN);
            }
            if (settings.policy() == ConnectionPolicy.KEEP_OPEN && attempt.kernelTells()) {
                line.timers().cancelAll();
                phase = Phase.ENDED;
                return next.ended(evidence(End.KEPT_OPEN), true);
            }
            if (!line.timers().isTimerActive(Timer.CLOSE)) {
                awaitClose();
            }
        }
        if (attempt.isSilentFor(settings.stallTimeout())) {
            attempt.note(
                    Side.NETWORK,
                    "silence",
                    "no answer for " + settings.stallTimeout().toMillis() + " ms");
            return endWith(End.SILENCE);
        }
        boolean takesNothing = !nothingIsOwed && attempt.hasNoProgressFor(settings.stallTimeout());
        boolean isPatient = settings.patience().isZero() || !attempt.hasNoProgressFor(settings.patience());
        if (!nothingIsOwed && !isPatient) {
            attempt.note(
                    Side.US,
                    "patience",
                    "nothing taken for " + settings.patience().toMillis() + " ms");
            return endWith(End.STALL);
        }
        if (takesNothing != stalled) {
            stalled = takesNothing;
            next.stalled(stalled);
        }
        sampleEvery = min(sampleEvery.multipliedBy(2), SLOWEST_SAMPLE);
        line.start(Timer.SAMPLE, phase == Phase.CLOSING ? sampleEvery : SLOWEST_SAMPLE);
        return Behaviors.same();
    }

    private Behavior<Command> onDue(Timer timer) {
        return switch (timer) {
            case SAMPLE -> {
                line.sample();
                yield Behaviors.same();
            }
            case DRAINED -> onDrained();
            case CLOSE -> endWith(End.CLOSE_TIMEOUT);
            case CONFIRM -> endWith(End.NOT_CONFIRMED);
            case CONFIRM_POLL -> {
                confirming.ask();
                yield Behaviors.same();
            }
            case IDLE, STATUS_REPLY, PORT -> Behaviors.same();
        };
    }

    private Behavior<Command> onDrained() {
        if (phase == Phase.DRAINING) {
            return endWith(End.RESET);
        }
        if (attempt.hasNoProgressFor(DRAIN)) {
            return endWith(End.PEER_FIN);
        }
        line.start(Timer.DRAINED, DRAIN);
        return Behaviors.same();
    }

    private Behavior<Command> endWith(End how) {
        end = how;
        phase = Phase.ENDING;
        switch (how) {
            case SILENCE, STALL, DOCUMENT_BROKEN, INTERRUPTED -> {
                attempt.ends("rst", "given up");
                line.abort();
            }
            default -> {
                attempt.ends("close", null);
                line.close();
            }
        }
        return Behaviors.same();
    }

    private Behavior<Command> ending(LineEvent event) {
        if (event instanceof LineEvent.Closed closed) {
            observe(closed.info());
            Errno pending = attempt.pendingError(closed.info());
            if (pending != null && end == End.PEER_FIN) {
                error = pending.exception();
                attempt.broken(error);
            }
            if (error != null && end == End.PEER_FIN) {
                end = End.RESET;
            }
            return next.ended(evidence(isClosedEarly() ? End.PEER_FIN : end), false);
        }
        return Behaviors.same();
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
