package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns look through a million steps of text a second, as docs/failures.md says, and no more. */
final class PatternBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final ReplyPattern pattern = ReplyPattern.of("x{500}|ERR");
    private final String line = " ".repeat(Frame.MAX_TEXT - 3) + "ERR";
    private final long linesInASecond = PatternBudget.STEPS_PER_SECOND / pattern.steps(line);
    private long nanos = -17;
    private final PatternBudget budget = new PatternBudget(() -> nanos);

    @BeforeEach
    void budgetIsForSomeLines() {
        assertThat(linesInASecond).isGreaterThan(1);
    }

    @Test
    void lineBeyondItCountsAsNoMatch() {
        spendAll();

        assertThat(budget.wasSpent()).isFalse();
        assertThat(budget.finds(pattern, line)).isFalse();
        assertThat(budget.wasSpent()).isTrue();
    }

    @Test
    void nextSecondHasABudgetOfItsOwn() {
        spendAll();

        nanos += SECOND - 1;
        assertThat(budget.finds(pattern, line)).isFalse();
        nanos += 1;
        spendAll();
        assertThat(budget.wasSpent()).as("that it was spent once").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\0\0"})
    void blankLinesCostNothingAndMatchNothing(String blank) {
        var everything = ReplyPattern.of("^");
        for (int i = 0; i < 1000; i++) {
            assertThat(budget.finds(everything, blank)).isFalse();
        }
        spendAll();
    }

    @Test
    void noPatternFindsNothing() {
        assertThat(budget.finds(null, "ERR")).isFalse();
    }

    private void spendAll() {
        for (long i = 0; i < linesInASecond; i++) {
            assertThat(budget.finds(pattern, line)).isTrue();
        }
    }
}
