package io.platen.printer.language;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches lines with patterns from users, for a limited number of steps a second. Further lines are not searched and count
 * as no match. So a printer that never stops sending costs at most a hundredth of a processor, even with a large pattern.
 */
final class PatternBudget {
    /** Some ten milliseconds' work. With it, a pattern of 50 instructions searches 200 lines of 100 characters. */
    static final long STEPS_PER_SECOND = 1_000_000;

    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private long windowStart;
    private long inWindow;
    private boolean spent;

    PatternBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean finds(@Nullable ReplyPattern pattern, String line) {
        if (pattern == null || Ascii.isBlank(line)) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (inWindow == 0 || now - windowStart >= SECOND) {
            windowStart = now;
            inWindow = 0;
        }
        inWindow += pattern.steps(line);
        if (inWindow > STEPS_PER_SECOND) {
            spent = true;
            return false;
        }
        return pattern.finds(line);
    }

    /** Whether a line was not searched. */
    boolean wasSpent() {
        return spent;
    }
}
