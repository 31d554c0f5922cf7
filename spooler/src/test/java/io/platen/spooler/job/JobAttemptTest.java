package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.Phase;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which attempts count against a printer's limit, and what is kept of them. */
final class JobAttemptTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final JobAttempt STARTED = JobAttempt.started(1, NOON);
    private static final TranscriptEntry ENTRY =
            new TranscriptEntry("+0.000000s", TranscriptEntry.Side.US, "syn", null, null);

    @ParameterizedTest
    @EnumSource
    void printerThatWasAwayAndFaultsOfThisHostDoNotCount(Cause cause) {
        boolean counts = cause.phase() != Phase.CONNECT && cause.phase() != Phase.LOCAL;

        assertThat(failed(cause).counts()).isEqualTo(counts);
    }

    @Test
    void attemptWithoutAFailureDoesNotCount() {
        assertThat(STARTED.counts()).isFalse();
        assertThat(delivered(null).counts()).isFalse();
    }

    @Test
    void wordsOfAGoodAttemptAreCutShort() {
        LastWords kept =
                delivered(new LastWords("x".repeat(300), "78".repeat(300), 300)).lastWords();

        assertThat(kept).isNotNull();
        assertThat(kept.text()).hasSize(257).endsWith("x…");
        assertThat(kept.size()).isEqualTo(300);
    }

    @Test
    void transcriptIsAllThatIsLeftOut() {
        JobAttempt attempt = failed(Cause.STALLED);

        JobAttempt without = attempt.withoutTranscript();

        assertThat(without.failure()).isNotNull();
        assertThat(without.failure().transcript()).isEmpty();
        assertThat(without)
                .usingRecursiveComparison()
                .ignoringFields("failure.transcript")
                .isEqualTo(attempt);
        assertThat(without.withoutTranscript()).isSameAs(without);
        assertThat(STARTED.withoutTranscript()).isSameAs(STARTED);
    }

    private static JobAttempt delivered(@Nullable LastWords words) {
        return STARTED.ended(NOON, Outcome.DELIVERED, Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, words);
    }

    private static JobAttempt failed(Cause cause) {
        var bytes = new ByteCounts(10, 0L, 10);
        var failure = new DeliveryFailure(
                cause,
                EndedBy.PRINTER,
                Confidence.LIKELY,
                null,
                "why",
                bytes,
                null,
                null,
                NOON,
                List.of(ENTRY),
                null,
                null);
        return STARTED.ended(NOON, Outcome.FAILED, null, bytes, failure, Verdict.PASSING, null);
    }
}
