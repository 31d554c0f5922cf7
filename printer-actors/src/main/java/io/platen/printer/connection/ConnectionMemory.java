package io.platen.printer.connection;

import io.platen.printer.Backoff;
import io.platen.printer.DeviceReport;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.diagnosis.DeliveryFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What a connection's actor remembers of its printer across its restarts. Only this actor uses it. */
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
     * @param leastPause the least time from a connection's end to the next SYN
     * @param nanos now, by {@link System#nanoTime}
     */
    ConnectionMemory(int localPorts, Duration leastPause, long nanos) {
        this.ports = new PortBudget(localPorts);
        this.leastPause = leastPause;
        // An earlier process or an actor with the previous settings may have closed a connection just now.
        this.endedAtNanos = leastPause.isZero() ? null : (Long) nanos;
    }

    /** How long to wait before the next connection. Zero means that it may be made now, and counts it. */
    Duration waitForConnection(long nanos) {
        if (endedAtNanos != null) {
            long rest = endedAtNanos + leastPause.toNanos() - nanos;
            if (rest > 0) {
                return Duration.ofNanos(rest);
            }
        }
        return ports.take(nanos);
    }

    /** A connection has ended, whoever ended it. */
    void connectionEnded(long nanos) {
        endedAtNanos = nanos;
    }

    /** The number of the next connection; by the numbers, the events of an earlier connection are known to be stale. */
    int nextNumber() {
        return ++latest;
    }

    /**
     * The connection was lost.
     *
     * @param why why the printer cannot be reached; null when a connection stood and was lost
     * @param nanos now, by {@link System#nanoTime}
     * @return how many times in a row
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

    /** A job was delivered. */
    void worked() {
        failuresInARow = 0;
        regained();
    }

    /** Whether the connection was lost and none has held since then. */
    boolean isLost() {
        return lost;
    }

    int failuresInARow() {
        return failuresInARow;
    }

    /**
     * The pause before the next try. It doubles with each failure in a row; while the printer cannot be reached, it is at
     * most a share of the time since it was lost.
     */
    Duration pause(Backoff backoff, long nanos, DoubleSupplier random) {
        Duration awayFor = awayFor(nanos);
        return awayFor == null
                ? backoff.pause(failuresInARow, random)
                : backoff.pauseWhileAway(failuresInARow, awayFor, random);
    }

    /** Why the printer cannot be reached; null when it can. */
    @Nullable
    DeliveryFailure away() {
        return away;
    }

    /** For how long the printer could not be reached; null when it can, or when a connection stood and was lost. */
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
     * Whether the printer may hold the first part of a format: it ended a kept-open connection so soon after a job that it
     * may have read only a part of it, although its kernel had acknowledged every byte.
     */
    boolean mayHoldPart() {
        return mayHoldPart;
    }

    void mayHoldPart(boolean may) {
        mayHoldPart = may;
    }

    /** The printer sent more text than the patterns of its settings could search. Returns whether that is news. */
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

    /** The printer has left a status query unanswered. Returns whether that is news: it has never answered one. */
    boolean leftUnanswered() {
        boolean isNews = !answersStatus && !leavesStatusUnanswered;
        leavesStatusUnanswered = !answersStatus;
        return isNews;
    }

    boolean leavesStatusUnanswered() {
        return leavesStatusUnanswered;
    }
}
