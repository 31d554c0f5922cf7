package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.Endings.Ending;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a printer always does is its manner; what one job makes it do is not. */
final class EndingsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void threeResetsOfOneJobAreNotThePrintersManner() {
        var endings = run(Ending.RESET, 1, 1, 1, 1, 1);

        assertThat(endings.isManner(Ending.RESET)).isFalse();
        assertThat(endings.manners(1).alwaysResets()).isFalse();
        assertThat(endings.manners(2).alwaysResets())
                .as("another job that ends so shows it")
                .isTrue();
    }

    @Test
    void threeJobsInARowShowIt() {
        assertThat(run(Ending.RESET, 1, 2).manners(3).alwaysResets()).isTrue();
        assertThat(run(Ending.RESET, 1, 2).isManner(Ending.RESET)).isFalse();
        assertThat(run(Ending.RESET, 1, 2, 3).isManner(Ending.RESET)).isTrue();
        assertThat(run(Ending.NOT_CLOSED, 1, 2, 3).manners(4).neverCloses()).isTrue();
        assertThat(run(Ending.NOT_CLOSED, 1, 2, 3).manners(4).alwaysResets()).isFalse();
    }

    @Test
    void oneOrderlyCloseEndsTheRun() {
        assertThat(run(Ending.RESET, 1, 2, 3).and(Ending.CLOSED, 4).manners(5).alwaysResets())
                .isFalse();
    }

    @Test
    void aConnectionThatStayedOpenForAWhileCountsAsClosed() {
        var resets = run(Ending.RESET, 1, 2);

        assertThat(resets.keptOpen(3, NOW).resetAfterAll(3).times())
                .as("reset after all")
                .isEqualTo(3);
        assertThat(resets.keptOpen(3, NOW)
                        .keptOpen(4, NOW.plusSeconds(1))
                        .manners(5)
                        .alwaysResets())
                .isFalse();
    }

    @Test
    void jobsThatFollowAtOnceShowNothingOfTheOnesBefore() {
        var resets = run(Ending.RESET, 1, 2).keptOpen(3, NOW).keptOpen(4, NOW.plusMillis(5));

        assertThat(resets.resetAfterAll(3).times()).isEqualTo(3);
    }

    @Test
    void oneResetThatPutsSeveralJobsInDoubtIsOne() {
        var reset = Endings.NONE
                .keptOpen(1, NOW)
                .keptOpen(2, NOW.plusMillis(5))
                .keptOpen(3, NOW.plusMillis(10))
                .resetAfterAll(1)
                .resetAfterAll(2)
                .resetAfterAll(3);

        assertThat(reset.times()).isEqualTo(1);
        assertThat(reset.severalJobs()).isTrue();
    }

    private static Endings run(Ending ending, int... jobs) {
        var endings = Endings.NONE;
        for (int job : jobs) {
            endings = endings.and(ending, job);
        }
        return endings;
    }
}
