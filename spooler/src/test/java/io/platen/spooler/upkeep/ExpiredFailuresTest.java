package io.platen.spooler.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import io.platen.spooler.upkeep.ExpiredFailures.Expired;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Job 1 failed one second after noon, job 2 two seconds after it; each has ten bytes. */
final class ExpiredFailuresTest {
    private static final Instant NOW = QueueFixture.at(100);
    private static final PrinterId DOCK = QueueFixture.DOCK;
    private static final Map<PrinterId, QueueState> QUEUES = Map.of(
            DOCK,
            QueueFixture.after(
                    QueueFixture.configured(),
                    QueueFixture.submitted(1),
                    QueueFixture.submitted(2),
                    QueueFixture.submitted(3),
                    QueueFixture.started(1),
                    QueueFixture.failed(1, Verdict.POISONED),
                    QueueFixture.started(2),
                    QueueFixture.failed(2, Verdict.POISONED)));

    @Test
    void keepsWhatIsYoungAndFits() {
        assertThat(ExpiredFailures.among(QUEUES, retention(Duration.ofSeconds(99), 20), NOW))
                .isEmpty();
    }

    @Test
    void oldOnesGo() {
        assertThat(ExpiredFailures.among(QUEUES, retention(Duration.ofSeconds(98), 20), NOW))
                .containsExactly(new Expired(new JobRef(DOCK, 1), "expired: failures are kept for PT1M38S"));
    }

    @Test
    void oldestGoWhenThereIsTooMuch() {
        assertThat(ExpiredFailures.among(QUEUES, retention(Duration.ofDays(1), 19), NOW))
                .containsExactly(new Expired(new JobRef(DOCK, 1), "expired: failures are kept up to 19 bytes"));
        assertThat(ExpiredFailures.among(QUEUES, retention(Duration.ofDays(1), 9), NOW))
                .extracting(Expired::job)
                .containsExactly(new JobRef(DOCK, 2), new JobRef(DOCK, 1));
    }

    private static Retention retention(Duration failuresKeptFor, long bytes) {
        return new Retention(Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(30), failuresKeptFor, bytes);
    }
}
