package io.platen.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class PacedLogTest {
    @Test
    void linesAboutTheSameArePaced() {
        var nanos = new AtomicLong();
        var paced = new PacedLog(
                LoggerFactory.getLogger(PacedLogTest.class), Level.DEBUG, Duration.ofMinutes(1), nanos::get);
        assertThat(paced.line("down.example", "first")).isTrue();
        for (int i = 0; i < 10_000; i++) {
            assertThat(paced.line("down.example", "again")).isFalse();
        }
        assertThat(paced.line("other.example", "first")).isTrue();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(paced.line("down.example", "a minute later")).isTrue();
    }
}
