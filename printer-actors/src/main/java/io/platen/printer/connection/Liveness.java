package io.platen.printer.connection;

import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells a slow printer from one that is gone, by samples of the kernel. All times are passed in, by {@link
 * System#nanoTime}.
 *
 * <p>Lack of progress is no failure: a printer that is out of paper closes its window and answers every probe, for hours.
 * A printer is gone when it leaves retransmissions or probes unanswered. The kernel probes ever more seldom, down to once
 * in 120 s, so the age of the last ACK alone proves nothing: an answer must be owed, too.
 */
final class Liveness {

    /** Why the printer takes no data. */
    enum Stall {
        NONE,
        /** The printer's window is closed, and it answers probes. */
        ZERO_WINDOW,
        /** The printer's window is closed, and it does not answer probes any more. */
        PROBES_UNANSWERED,
        /** What was sent is retransmitted and not acknowledged. */
        RETRANSMITTING
    }

    /** A stall of this length gets an entry in the transcript. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    /** How long one answer may take before it counts as missing; a sleeping radio answers late. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** Two unanswered probes count as silence at once; a single one may simply have been lost. Linux answers probes twice a second. */
    private static final int PROBES = 2;

    /** The kernel's clock ticks in steps of up to 10 ms. */
    private static final Duration TICKS = Duration.ofMillis(20);

    private long lastProgress;
    private long lastAnswer;
    private long owedSince;
    private boolean owed;
    private int unanswered;
    private int retransmitsAtAnswer;
    private boolean windowClosed;
    private long written;
    private long acknowledged;
    private Stall stall = Stall.NONE;

    Liveness(long now) {
        begin(now);
    }

    /** The document's first byte is about to be sent. Timeouts count from here. */
    void begin(long now) {
        lastProgress = now;
        lastAnswer = now;
    }

    /** The kernel has taken this many bytes in all. */
    void written(long bytes, long now) {
        if (bytes > written) {
            written = bytes;
            lastProgress = now;
        }
    }

    void sampled(TcpInfo info, long bytesAcknowledged, long now) {
        if (bytesAcknowledged > acknowledged) {
            acknowledged = bytesAcknowledged;
            lastProgress = now;
            lastAnswer = now;
            owed = false;
        }
        // An ACK that acknowledges no new bytes is a sign of life, too.
        long answered =
                now - Duration.ofMillis(info.sinceLastAckMillis().orElse(0)).toNanos();
        boolean isNewAnswer = info.sinceLastAckMillis().isPresent() && answered - lastAnswer > TICKS.toNanos();
        windowClosed =
                info.timer() == TcpInfo.Timer.PERSIST || info.peerWindow().orElse(1) == 0;
        if (isNewAnswer) {
            lastAnswer = answered;
            retransmitsAtAnswer = info.retransmitsPending();
        }
        retransmitsAtAnswer = Math.min(retransmitsAtAnswer, info.retransmitsPending());
        // When the window closes while data is under way, Linux probes by retransmissions. Answers do not reset their
        // count.
        unanswered = Math.max(info.probesPending(), info.retransmitsPending() - retransmitsAtAnswer);
        if (unanswered == 0) {
            owed = false;
            if (info.sinceLastAckMillis().isEmpty()) {
                lastAnswer = now;
            }
        } else if (!owed || isNewAnswer) {
            owed = true;
            owedSince = now;
        }
    }

    /** Whether the printer owes an answer and has sent none for this long. */
    boolean isSilentFor(Duration patience, long now) {
        // After a long stall the kernel probes every two minutes only. One lost probe must not count as silence.
        boolean isMissing = owed && (unanswered >= PROBES || (!windowClosed && now - owedSince >= ANSWER.toNanos()));
        return isMissing && now - lastAnswer >= patience.toNanos();
    }

    /** Whether no byte was written and none acknowledged for this long. */
    boolean hasNoProgressFor(Duration patience, long now) {
        return now - lastProgress >= patience.toNanos();
    }

    /** Whether {@link #newStall} last found that the printer takes nothing but answers probes. */
    boolean isHeldUp() {
        return stall == Stall.ZERO_WINDOW;
    }

    /** The kind of stall, if it has changed since the last call. */
    Optional<Stall> newStall(boolean bytesAreOwed, long now) {
        Stall found = bytesAreOwed && hasNoProgressFor(NOTEWORTHY, now) ? kind(now) : Stall.NONE;
        boolean changed = found != stall;
        stall = found;
        return changed ? Optional.of(found) : Optional.empty();
    }

    private Stall kind(long now) {
        if (windowClosed) {
            return isSilentFor(NOTEWORTHY, now) ? Stall.PROBES_UNANSWERED : Stall.ZERO_WINDOW;
        }
        return owed ? Stall.RETRANSMITTING : Stall.NONE;
    }
}
