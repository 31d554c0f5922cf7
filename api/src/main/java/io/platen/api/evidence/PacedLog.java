package io.platen.api.evidence;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** One line per period about each thing: thousands of the same say no more than one of them and their number. */
public final class PacedLog {
    private static final int KEPT = 1_000;

    private final Logger log;
    private final Level level;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private static final class Line {
        private long next;
        private int left;
    }

    /**
     * Nothing is logged yet.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public PacedLog(Logger log, Level level, Duration period, LongSupplier nanoTime) {
        this.log = log;
        this.level = level;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Logs it, or counts it for the next line about the same; whether it was logged. */
    public boolean line(String about, String message, Object... arguments) {
        int left;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Line known = lines.get(about);
            if (known != null && now - known.next < 0) {
                known.left++;
                return false;
            }
            left = known == null ? 0 : known.left;
            lines.remove(about);
            var next = new Line();
            next.next = now + periodNanos;
            lines.put(about, next);
            if (lines.size() > KEPT) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
        log.atLevel(level).log(message, arguments);
        if (left > 0) {
            log.atLevel(level).log("{} more lines about {} were left out", left, about);
        }
        return true;
    }
}
