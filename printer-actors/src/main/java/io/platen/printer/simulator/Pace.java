package io.platen.printer.simulator;

import java.util.concurrent.locks.LockSupport;

/** Holds a reader to a number of bytes per second. */
final class Pace {
    private static final int STEPS_PER_SECOND = 20;

    private final long bytesPerSecond;
    private long dueNanos = System.nanoTime();

    /** 0 is as fast as it can. */
    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** How much to read next, when it is time for it. */
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

    /** So much was read. */
    void took(int bytes) {
        if (bytesPerSecond > 0) {
            dueNanos = Math.max(dueNanos, System.nanoTime() - 1_000_000_000L / STEPS_PER_SECOND)
                    + bytes * 1_000_000_000L / bytesPerSecond;
        }
    }
}
