package io.platen.printer;

import java.time.Duration;

/**
 * Holds a printer's talk to a number of bytes per second. Printers say a few hundred bytes; one that never stops is
 * listened to slowly, and TCP makes it wait.
 */
final class TalkBudget {
    static final int BYTES_PER_SECOND = 64 * 1024;

    private static final long SECOND = 1_000_000_000L;

    private long windowStart;
    private int inWindow;

    /**
     * How long to wait before reading on.
     *
     * @param bytes how many were just read
     * @param nanos now, by {@link System#nanoTime}
     */
    Duration pauseAfter(int bytes, long nanos) {
        if (inWindow == 0 || nanos - windowStart >= SECOND) {
            windowStart = nanos;
            inWindow = 0;
        }
        inWindow += bytes;
        return inWindow <= BYTES_PER_SECOND
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, windowStart + SECOND - nanos));
    }
}
