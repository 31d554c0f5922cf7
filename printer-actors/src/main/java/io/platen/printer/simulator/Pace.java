package io.platen.printer.simulator;

import java.util.concurrent.locks.LockSupport;

/** Limits a reader to a number of bytes per second. */
final class Pace {
    private static final int STEPS_PER_SECOND = 20;

    private final long bytesPerSecond;
    private long dueNanos = System.nanoTime();

    /** {@code bytesPerSecond} 0 is without limit. */
    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until it is time to read, and returns how many bytes to read at most. */
    int next(int atMost) {
        if (bytesPerSecond == 0) {
            return atMost;
        }
        long wait = dueNanos - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = dueNanos - System.nanoTime();
        }
        return (int) Math.max(1, Math.min(atMost, bytesPerSecond / STEPS_PER_SECOND));
    }

    void took(int bytes) {
        if (bytesPerSecond > 0) {
            dueNanos = Math.max(dueNanos, System.nanoTime() - 1_000_000_000L / STEPS_PER_SECOND)
                    + bytes * 1_000_000_000L / bytesPerSecond;
        }
    }
}
