package io.platen.printer.connection;

import io.platen.printer.Backoff;
import io.platen.printer.DeviceReport;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.diagnosis.DeliveryFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What a connection knows of its printer across its restarts. Touched by the one actor only. */
final class ConnectionMemory {
    private final PortBudget ports;
    private final Duration leastPause;
    private int latest;
    private int failuresInARow;
    private boolean lost;
    private @Nullable DeliveryFailure away;
    private @Nullable Long awaySinceNanos;
    private @Nullable Long endedAtNanos;
    private @Nullable Ended lastEnd;
    private @Nullable Instant lastContact;
    private @Nullable DeviceReport device;
    private boolean answersStatus;
    private boolean leavesStatusUnanswered;
    private boolean mayHoldPart;
    private boolean outtalksPatterns;

    /**
     * For a printer that was not contacted yet.
     *
     * @param leastPause the least time from a connection's end to the next SYN
     * @param nanos now, by {@link System#nanoTime}
     */
    ConnectionMemory(int localPorts, Duration leastPause, long nanos) {
        this.ports = new PortBudget(localPorts);
        this.leastPause = leastPause;
        // A connection of an earlier process, or with other settings, may have ended just now.
        this.endedAtNanos = leastPause.isZero() ? null : (Long) nanos;
    }

    /** How long to wait before the next connection; zero, and it is counted, when it may be made. */
    Duration waitForConnection(long nanos) {
        if (endedAtNanos != null) {
            long rest = endedAtNanos + leastPause.toNanos() - nanos;
            if (rest > 0) {
                return Duration.ofNanos(rest);
            }
        }
        return ports.take(nanos);
    }

    /** A connection has ended, from whichever side. */
    void connectionEnded(long nanos) {
        endedAtNanos = nanos;
    }

    /** Numbers the connections, so that what is heard of an earlier one is known as stale. */
    int nextNumber() {
        return ++latest;
    }

    /**
     * The line was lost; how often in a row.
     *
     * @param why when no connection came about, or none that held
     * @param nanos now, by {@link System#nanoTime}
     */
    int lost(@Nullable DeliveryFailure why, long nanos) {
        lost = true;
        awaySinceNanos = why == null ? null : awaySinceNanos == null ? (Long) nanos : awaySinceNanos;
        away = why;
        return ++failuresInARow;
    }

    /** A connection stands again, and has held for a moment. */
    void regained() {
        lost = false;
        away = null;
        awaySinceNanos = null;
    }

    /** A job came through. */
    void worked() {
        failuresInARow = 0;
        regained();
    }

    /** Whether the line was lost, and no connection has held since. */
    boolean isLost() {
        return lost;
    }

    int failuresInARow() {
        return failuresInARow;
    }

    /**
     * The pause before the next try. Right after a loss it doubles from failure to failure; for a printer that is away it is
     * a share of the time that it has been away.
     */
    Duration pause(Backoff backoff, long nanos, DoubleSupplier random) {
        Duration awayFor = awayFor(nanos);
        return awayFor == null
                ? backoff.pause(failuresInARow, random)
                : backoff.pauseWhileAway(failuresInARow, awayFor, random);
    }

    /** Why the printer cannot be reached, while it cannot. */
    @Nullable
    DeliveryFailure away() {
        return away;
    }

    /** For how long the printer could not be reached; null when it can, or when the line was lost over something else. */
    private @Nullable Duration awayFor(long nanos) {
        return awaySinceNanos == null ? null : Duration.ofNanos(nanos - awaySinceNanos);
    }

    void ended(Ended end) {
        lastEnd = end;
    }

    @Nullable
    Ended lastEnd() {
        return lastEnd;
    }

    void contact(Instant at) {
        lastContact = at;
    }

    @Nullable
    Instant lastContact() {
        return lastContact;
    }

    void device(DeviceReport said) {
        device = said;
    }

    @Nullable
    DeviceReport device() {
        return device;
    }

    /**
     * Whether the printer ended a line that stays open so soon after a job that it may have read half of it: its kernel
     * had acknowledged everything.
     */
    boolean mayHoldPart() {
        return mayHoldPart;
    }

    void mayHoldPart(boolean may) {
        mayHoldPart = may;
    }

    /** The printer said more than the patterns of its settings could look through. Whether that is news. */
    boolean outtalkedPatterns() {
        boolean isNews = !outtalksPatterns;
        outtalksPatterns = true;
        return isNews;
    }

    boolean outtalksPatterns() {
        return outtalksPatterns;
    }

    /** The printer has answered a status query. */
    void answered() {
        answersStatus = true;
        leavesStatusUnanswered = false;
    }

    boolean answersStatus() {
        return answersStatus;
    }

    /** The printer has left a status query unanswered, and has never answered one. Whether that is news. */
    boolean leftUnanswered() {
        boolean isNews = !answersStatus && !leavesStatusUnanswered;
        leavesStatusUnanswered = !answersStatus;
        return isNews;
    }

    boolean leavesStatusUnanswered() {
        return leavesStatusUnanswered;
    }
}
