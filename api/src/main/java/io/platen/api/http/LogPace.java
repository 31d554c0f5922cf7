package io.platen.api.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One log line per period, however often there is a reason for one. */
final class LogPace {
    private final long periodNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    LogPace(Duration period) {
        this.periodNanos = period.toNanos();
    }

    boolean mayLog() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + periodNanos);
    }
}
