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
    /** Up to this share of a pause is added to it, so that many printers do not come back in step. */
    static final double JITTER = 0.5;

    /**
     * How long to wait.
     *
     * @param failuresInARow 1 or more
     * @param random a number from 0 to 1, where 0 adds no jitter
     */
    Duration pause(int failuresInARow, DoubleSupplier random) {
        Duration pause = min;
        for (int i = 1; i < failuresInARow && pause.compareTo(max) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        if (pause.compareTo(max) > 0) {
            pause = max;
        }
        return pause.plusNanos((long) (pause.toNanos() * JITTER * random.getAsDouble()));
    }
}
