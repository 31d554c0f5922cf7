package io.platen.printer.connection;

import java.time.Duration;

/**
 * Limits how much is read from a printer on one connection: {@value #BURST_BYTES} bytes at once, and {@value
 * #BYTES_PER_SECOND} a second in the long run. Printers usually send a few hundred bytes. A printer that never stops sending
 * is read slowly, so that TCP makes it wait.
 */
final class TalkBudget {
    static final int BURST_BYTES = 64 * 1024;
    static final int BYTES_PER_SECOND = 16 * 1024;

    private static final long SECOND = 1_000_000_000L;

    private long left = BURST_BYTES;
    private long asOfNanos;
    private boolean begun;

    /**
     * How long to wait before reading on.
     *
     * @param bytes how many were just read
     * @param nanos now, by {@link System#nanoTime}
     */
    Duration pauseAfter(int bytes, long nanos) {
        if (begun) {
            // After a quarter of an hour of silence the budget has long been full.
            long silence = Math.min(nanos - asOfNanos, 900 * SECOND);
            left = Math.min(BURST_BYTES, left + silence * BYTES_PER_SECOND / SECOND);
        }
        begun = true;
        asOfNanos = nanos;
        left -= bytes;
        return left >= 0 ? Duration.ZERO : Duration.ofNanos(-left * SECOND / BYTES_PER_SECOND);
    }
}
