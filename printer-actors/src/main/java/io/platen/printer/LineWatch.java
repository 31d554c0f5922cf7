package io.platen.printer;

import io.platen.printer.transport.TcpInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells a printer that is slow from one that is gone, by what the kernel says from time to time.
 *
 * <p>No progress is no failure: a printer that is out of paper closes its window and answers every
 * probe, for hours. Gone is one that leaves retransmissions or probes unanswered. The kernel asks ever
 * more seldom, up to every 120 s, so the age of the last ACK alone proves nothing: an answer must be
 * owed, too.
 */
final class LineWatch {

    /** Why nothing moves. */
    enum Stall {
        NONE,
        /** The printer's window is closed, and it answers. */
        ZERO_WINDOW,
        /** Its window was closed, and now it does not even answer. */
        PROBES_UNANSWERED,
        /** What was sent is not acknowledged, again and again. */
        RETRANSMITTING
    }

    /** From here on a pause is worth a line in the transcript. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    /** How long one answer may take before it counts as missing: a sleeping radio takes its time. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** As many questions without an answer count at once. One may be lost: Linux answers probes twice a second. */
    private static final int QUESTIONS = 2;

    /** The kernel's clock ticks in steps of up to 10 ms. */
    private static final Duration TICKS = Duration.ofMillis(20);

    private long lastProgress = System.nanoTime();
    private long lastAnswer = lastProgress;
    private long owedSince;
    private boolean owed;
    private int questions;
    private int retransmitsAtAnswer;
    private boolean windowClosed;
    private long written;
    private long acknowledged;
    private Stall stall = Stall.NONE;

    void begin() {
        lastProgress = System.nanoTime();
        lastAnswer = lastProgress;
    }

    void written(long bytes) {
        if (bytes > written) {
            written = bytes;
            lastProgress = System.nanoTime();
        }
    }

    void sampled(TcpInfo info, long bytesAcknowledged) {
        long now = System.nanoTime();
        if (bytesAcknowledged > acknowledged) {
            acknowledged = bytesAcknowledged;
            lastProgress = now;
            lastAnswer = now;
            owed = false;
        }
        // An ACK that moves nothing is a sign of life, too.
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
        // A window that was closed over data under way is asked by retransmissions, which answers don't clear.
        questions = Math.max(info.probesPending(), info.retransmitsPending() - retransmitsAtAnswer);
        if (questions == 0) {
            owed = false;
            if (info.sinceLastAckMillis().isEmpty()) {
                lastAnswer = now;
            }
        } else if (!owed || isNewAnswer) {
            owed = true;
            owedSince = now;
        }
    }

    boolean isSilentFor(Duration patience) {
        long now = System.nanoTime();
        // After a long stall the kernel asks every two minutes: one question may be lost, and the next is far.
        boolean isMissing = owed && (questions >= QUESTIONS || (!windowClosed && now - owedSince >= ANSWER.toNanos()));
        return isMissing && now - lastAnswer >= patience.toNanos();
    }

    boolean hasNoProgressFor(Duration patience) {
        return System.nanoTime() - lastProgress >= patience.toNanos();
    }

    boolean isHeldUp() {
        return stall == Stall.ZERO_WINDOW;
    }

    /** The kind of stall, when it is another than at the last call. */
    Optional<Stall> newStall(boolean bytesAreOwed) {
        Stall now = bytesAreOwed && hasNoProgressFor(NOTEWORTHY) ? kind() : Stall.NONE;
        boolean changed = now != stall;
        stall = now;
        return changed ? Optional.of(now) : Optional.empty();
    }

    private Stall kind() {
        if (windowClosed) {
            return isSilentFor(NOTEWORTHY) ? Stall.PROBES_UNANSWERED : Stall.ZERO_WINDOW;
        }
        return owed ? Stall.RETRANSMITTING : Stall.NONE;
    }
}
