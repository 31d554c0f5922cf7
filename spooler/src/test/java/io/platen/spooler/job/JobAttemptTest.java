package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Phase;
import io.platen.spooler.job.JobAttempt.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JobAttemptTest {
    private static final ByteCounts BYTES = new ByteCounts(10, 10L, 10);

    /** A printer that was away, a stop of Platen and a document that cannot be read do not count. */
    @ParameterizedTest
    @EnumSource
    void countsWhenThePrinterHadTheJob(Cause cause) {
        JobAttempt attempt = ended(cause);

        boolean wasAway = attempt.failure() != null && attempt.failure().phase() == Phase.CONNECT;
        boolean isOurs = cause == Cause.INTERRUPTED || cause == Cause.DOCUMENT_UNREADABLE;
        assertThat(attempt.counts()).isEqualTo(!wasAway && !isOurs);
    }

    @Test
    void attemptUnderWayDoesNotCount() {
        assertThat(JobAttempt.started(1, QueueFixture.NOON).counts()).isFalse();
    }

    @Test
    void longWordsOfAGoodAttemptAreCut() {
        var words = new LastWords("x".repeat(1_000), "78".repeat(1_000), 1_000);

        JobAttempt attempt = JobAttempt.started(1, QueueFixture.NOON)
                .ended(QueueFixture.at(1), Outcome.DELIVERED, null, BYTES, null, null, words);

        assertThat(attempt.lastWords()).isNotNull();
        assertThat(attempt.lastWords().text()).hasSizeLessThan(300);
    }

    private static JobAttempt ended(Cause cause) {
        return JobAttempt.started(1, QueueFixture.NOON)
                .ended(
                        QueueFixture.at(1),
                        Outcome.FAILED,
                        null,
                        BYTES,
                        WithQueue.failed(cause, EndedBy.PRINTER, BYTES).failure(),
                        Verdict.PASSING,
                        null);
    }
}
