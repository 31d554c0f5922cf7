package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TalkBudgetTest {
    private static final long MILLI = 1_000_000L;

    private final TalkBudget budget = new TalkBudget();

    @Test
    void whatPrintersUsuallySayIsReadAtOnce() {
        for (int second = 0; second < 100; second++) {
            assertThat(budget.pauseAfter(500, second * 1000L * MILLI)).isZero();
        }
    }

    @Test
    void endlessTalkIsHeldToItsBytesPerSecond() {
        long nanos = 0;
        long bytes = 0;
        while (nanos < 60_000 * MILLI) {
            bytes += 16 * 1024;
            nanos += 10_000 + budget.pauseAfter(16 * 1024, nanos).toNanos();
        }

        assertThat(bytes)
                .isBetween(
                        50L * TalkBudget.BYTES_PER_SECOND, TalkBudget.BURST_BYTES + 61L * TalkBudget.BYTES_PER_SECOND);
    }

    @Test
    void whatIsBeyondTheBudgetIsWaitedForAndFillsUpInSilence() {
        assertThat(budget.pauseAfter(TalkBudget.BURST_BYTES, 5 * MILLI)).isZero();
        assertThat(budget.pauseAfter(TalkBudget.BYTES_PER_SECOND, 5 * MILLI)).isEqualTo(Duration.ofSeconds(1));
        assertThat(budget.pauseAfter(TalkBudget.BURST_BYTES, 5005 * MILLI)).isZero();
        assertThat(budget.pauseAfter(1, Long.MAX_VALUE / 2)).isZero();
    }
}
