package io.platen.printer;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pause before the next connection: it doubles from failure to failure up to its cap, with jitter on top.
 *
 * @param min the pause after the first failure
 * @param max the longest pause, without its jitter
 */
public record Backoff(Duration min, Duration max) {
    /** Up to this share of a pause is added to it, so that the retries of many printers do not all come at once. */
    public static final double JITTER = 0.5;

    /**
     * How long to wait after a connection was lost.
     *
     * @param failuresInARow 1 or more
     * @param random a number from 0 to 1, where 0 adds no jitter
     */
    public Duration pause(int failuresInARow, DoubleSupplier random) {
        return pause(failuresInARow, max, random);
    }

    /**
     * How long to wait before the next try to connect to a printer that cannot be reached: at most a tenth of the time that it
     * has been away. A printer that was off for 20 seconds is connected two or three seconds after its return, and one that is
     * off for a night is tried seldom.
     *
     * @param awayFor the time since the first of the failures in a row
     */
    public Duration pauseWhileAway(int failuresInARow, Duration awayFor, DoubleSupplier random) {
        Duration tenth = awayFor.dividedBy(10);
        Duration most = tenth.compareTo(min) < 0 ? min : tenth.compareTo(max) > 0 ? max : tenth;
        return pause(failuresInARow, most, random);
    }

    private Duration pause(int failuresInARow, Duration most, DoubleSupplier random) {
        Duration pause = min;
        for (int i = 1; i < failuresInARow && pause.compareTo(most) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        if (pause.compareTo(most) > 0) {
            pause = most;
        }
        return pause.plusNanos((long) (pause.toNanos() * JITTER * random.getAsDouble()));
    }
}
