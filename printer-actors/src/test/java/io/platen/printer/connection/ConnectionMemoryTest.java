package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConnectionMemoryTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void leavesTheLeastPauseBetweenTheEndOfAConnectionAndTheNext() {
        var memory = new ConnectionMemory(1000, Duration.ofSeconds(5), 2 * SECOND);

        assertThat(memory.waitForConnection(3 * SECOND))
                .as("one of an earlier process may have ended just now")
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(memory.waitForConnection(7 * SECOND)).isZero();
        memory.connectionEnded(10 * SECOND);
        assertThat(memory.waitForConnection(12 * SECOND)).isEqualTo(Duration.ofSeconds(3));
        assertThat(memory.waitForConnection(15 * SECOND)).isZero();
    }

    @Test
    void aConnectionThatHoldsDoesNotMakeTheNextPauseSmallAJobDoes() {
        var memory = new ConnectionMemory(1000, Duration.ZERO, 0);
        memory.lost(null, 0);
        memory.lost(null, 0);
        memory.regained();

        assertThat(memory.isLost()).isFalse();
        assertThat(memory.failuresInARow()).isEqualTo(2);
        memory.worked();
        assertThat(memory.failuresInARow()).isZero();
    }

    @Test
    void silenceIsNewsOnceAndOnlyOfAPrinterThatHasNeverAnswered() {
        var memory = new ConnectionMemory(1000, Duration.ZERO, 0);

        assertThat(memory.leftUnanswered()).isTrue();
        assertThat(memory.leftUnanswered()).isFalse();
        assertThat(memory.leavesStatusUnanswered()).isTrue();
        memory.answered();
        assertThat(memory.leavesStatusUnanswered()).isFalse();
        assertThat(memory.leftUnanswered()).isFalse();
    }
}
