package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.connection.ConnectionEvent.Timer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReuseCheckTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FakeLine line = new FakeLine(1, 100);
    private final ReuseCheck check = new ReuseCheck(line, 0);

    @Test
    void asksThePrinterWithoutAByte() {
        assertThat(line.asked).containsExactly("ask peer", "sample");
    }

    @Test
    void printerThatAnsweredJustNowIsAlive() {
        assertThat(check.sampled(Optional.of(PhaseFixture.info("ESTABLISHED", 100, 1000, 0)), 0)
                        .isAlive())
                .isTrue();
    }

    @Test
    void silentPrinterIsLookedAtAgainSoonAndStaleAfterASecond() {
        var silent = Optional.of(PhaseFixture.info("ESTABLISHED", 100, 1001, 0));
        assertThat(check.sampled(silent, SECOND / 2)).isEqualTo(ReuseCheck.Outcome.WAITING);
        assertThat(line.awaits(Timer.SAMPLE)).isTrue();

        assertThat(check.sampled(silent, SECOND).why()).contains("did not answer");
    }

    @Test
    void printersFinAndItsResetMakeItStale() {
        var finished = check.sampled(Optional.of(PhaseFixture.info("CLOSE_WAIT", 100, 10, 0)), 0);
        assertThat(finished.why()).contains("CLOSE_WAIT");
        assertThat(finished.reset()).isNull();

        var reset = check.sampled(Optional.of(PhaseFixture.info("CLOSE", 100, 10, 104)), 0);
        assertThat(reset.why()).contains("CLOSE");
        assertThat(reset.reset()).isNotNull();
    }

    /** Where the kernel does not tell, the first write has to show it. */
    @Test
    void kernelThatDoesNotTellIsNoReasonAsLongAsTheSocketIsOpen() {
        assertThat(check.sampled(Optional.empty(), 0).isAlive()).isTrue();

        line.close();
        assertThat(check.sampled(Optional.empty(), 0).why()).contains("closed");
    }
}
