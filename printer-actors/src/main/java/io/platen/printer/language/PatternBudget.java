package io.platen.printer.language;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks through lines with patterns from outside, for so many steps a second. A line beyond that is not looked through and
 * counts as no match: a printer that talks without end, and a pattern that is large, cost no more than a hundredth of a
 * processor.
 */
final class PatternBudget {
    /** Some ten milliseconds' work. A pattern of 50 instructions looks through 200 lines of 100 characters with it. */
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

    /** Whether there was a line that was not looked through. */
    boolean wasSpent() {
        return spent;
    }
}
