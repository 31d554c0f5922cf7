package io.platen.printer;

import io.platen.printer.PrinterConnection.Ended;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a connection knows of its printer across its restarts. Touched by the one actor only. */
final class LineMemory {
    private static final Duration LEARNED_CLOSE = Duration.ofMillis(250);
    private static final int CLOSES_MISSED_TO_LEARN = 3;

    private final PortBudget ports;
    private int lines;
    private int failuresInARow;
    private boolean away;
    private boolean proven;
    private @Nullable Cause lossToPauseFor;
    private int closesMissed;
    private @Nullable Ended lastEnd;

    LineMemory(int localPorts) {
        this.ports = new PortBudget(localPorts);
    }

    /** How long to wait before the next connection; zero, and it is counted, when it may be made. */
    Duration waitForPort() {
        return ports.take(System.nanoTime());
    }

    /** Numbers the lines, so that what is heard of an earlier one is known as stale. */
    int nextLine() {
        return ++lines;
    }

    /** The line was lost; how often in a row. */
    int lost(boolean whileConnecting) {
        away = whileConnecting;
        return ++failuresInARow;
    }

    /** The printer can be reached. */
    void reached() {
        away = false;
    }

    /** A job came through. */
    void worked() {
        proven = proven || failuresInARow > 0;
        failuresInARow = 0;
        away = false;
    }

    /** Whether jobs came through after failures, since this was asked last. */
    boolean takeProven() {
        boolean was = proven;
        proven = false;
        return was;
    }

    /** The restart that follows is to be followed by a pause. */
    void pauseAfterRestart(Cause cause) {
        lossToPauseFor = cause;
    }

    /** What to pause for, once; null for nothing. */
    @Nullable
    Cause takeLossToPauseFor() {
        Cause cause = lossToPauseFor;
        lossToPauseFor = null;
        return cause;
    }

    /** The printer could not be reached the last time. */
    boolean isAway() {
        return away;
    }

    void ended(Ended end) {
        lastEnd = end;
    }

    @Nullable
    Ended lastEnd() {
        return lastEnd;
    }

    void closed(End how) {
        if (how == End.CLOSE_TIMEOUT) {
            closesMissed++;
        } else if (how == End.PEER_FIN) {
            closesMissed = 0;
        }
    }

    int closesMissed() {
        return closesMissed;
    }

    /** A printer that has shown several times that it never closes is not waited for in full each time. */
    Duration closePatience(ConnectionSettings settings) {
        return hasLearned(settings) ? LEARNED_CLOSE : settings.closeTimeout();
    }

    boolean hasLearned(ConnectionSettings settings) {
        return closesMissed >= CLOSES_MISSED_TO_LEARN && settings.closeTimeout().compareTo(LEARNED_CLOSE) > 0;
    }

    /** What the supervisor waits at least before the next try; jitter adds up to a fifth. */
    Duration nominalBackoff(ConnectionSettings settings) {
        Duration pause = settings.minBackoff();
        for (int i = 1; i < failuresInARow && pause.compareTo(settings.maxBackoff()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(settings.maxBackoff()) < 0 ? pause : settings.maxBackoff();
    }
}
