package io.platen.api.evidence;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Logs one line per period about each thing, and counts the others: thousands of the same line say no more. */
public final class PacedLog {
    private static final int KEPT = 1_000;

    private final Logger log;
    private final Level level;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Pacing> lines = new LinkedHashMap<>();

    private static final class Pacing {
        private long next;
        private int leftOut;
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    public PacedLog(Logger log, Level level, Duration period, LongSupplier nanoTime) {
        this.log = log;
        this.level = level;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Logs a line, or counts it until the next line about the same thing; returns whether it was logged. */
    public boolean line(String about, String message, Object... arguments) {
        int leftOut;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Pacing known = lines.get(about);
            if (known != null && now - known.next < 0) {
                known.leftOut++;
                return false;
            }
            leftOut = known == null ? 0 : known.leftOut;
            lines.remove(about);
            var next = new Pacing();
            next.next = now + periodNanos;
            lines.put(about, next);
            if (lines.size() > KEPT) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
        log.atLevel(level).log(message, arguments);
        if (leftOut > 0) {
            log.atLevel(level).log("{} more lines about {} were left out", leftOut, about);
        }
        return true;
    }
}
