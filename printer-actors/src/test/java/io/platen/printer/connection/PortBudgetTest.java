package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PortBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private final PortBudget budget = new PortBudget(100);
    private long now = 12_345 * SECOND;

    @Test
    void ninetyOfAHundredPortsGoAtOnceAndTheNextWaits() {
        assertThat(taken(200)).isEqualTo(90);
        assertThat(budget.take(now)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void portsComeBackAMinuteAfterTheyWereTaken() {
        taken(40);
        now += 30 * SECOND;
        assertThat(taken(200)).isEqualTo(50);
        now += 29 * SECOND;
        assertThat(taken(200)).isZero();
        now += SECOND;
        assertThat(taken(200)).isEqualTo(40);
        now += 30 * SECOND;
        assertThat(taken(200)).isEqualTo(50);
        now += 3600 * SECOND;
        assertThat(taken(200)).isEqualTo(90);
    }

    @Test
    void oneIsAlwaysAllowed() {
        assertThat(new PortBudget(0).take(now)).isZero();
    }

    private int taken(int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            if (budget.take(now).isZero()) {
                taken++;
            }
        }
        return taken;
    }
}
