package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be done with a job in each state, and what is kept of its attempts. */
final class PrintJobTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final PrinterId OTHER = new PrinterId("other");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # state,              cancel, hold,  release, move
              PENDING,            true,   true,  false,   true
              PENDING_HELD,       true,   false, true,    true
              PROCESSING,         true,   false, false,   false
              PROCESSING_STOPPED, true,   false, false,   false
              CANCELED,           false,  false, false,   false
              ABORTED,            false,  false, false,   false
              COMPLETED,          false,  false, false,   false
            """)
    void stateAllows(JobState state, boolean cancel, boolean hold, boolean release, boolean move) {
        PrintJob job = submitted(null).to(state, NOON);

        assertThat(job.canCancel()).isEqualTo(cancel);
        assertThat(job.canHold()).isEqualTo(hold);
        assertThat(job.canRelease()).isEqualTo(release);
        assertThat(job.canMove()).isEqualTo(move);
    }

    @Test
    void jobThatIsBeingMovedIsLeftAlone() {
        PrintJob moving = submitted(null).moving(OTHER);

        assertThat(moving.state()).isEqualTo(JobState.PENDING_HELD);
        assertThat(moving.reasons()).containsExactly(JobReason.MOVING);
        assertThat(moving.canCancel() || moving.canHold() || moving.canRelease() || moving.canMove())
                .isFalse();
    }

    /** Whoever held it, or the doubt about it, holds it again where it arrives, and here when it does not. */
    @ParameterizedTest
    @EnumSource(
            names = {"JOB_HOLD_UNTIL_SPECIFIED", "DELIVERY_IN_DOUBT"},
            value = JobReason.class)
    void heldJobStaysHeldThroughAMove(JobReason why) {
        PrintJob held = submitted(null).to(JobState.PENDING_HELD, NOON, why);

        assertThat(held.moving(OTHER).isHeldBesideItsMove()).isTrue();
        assertThat(held.moving(OTHER).notMoved()).isEqualTo(held);
    }

    @Test
    void waitingJobWaitsAgainWhenItsMoveFails() {
        PrintJob waiting = submitted(null);

        assertThat(waiting.moving(OTHER).isHeldBesideItsMove()).isFalse();
        assertThat(waiting.moving(OTHER).notMoved()).isEqualTo(waiting);
    }

    @Test
    void documentIsNeededUntilItsTimeIsUpOrForAsLongAsItIsInFailureStorage() {
        Duration minute = Duration.ofMinutes(1);
        PrintJob done = submitted(null).to(JobState.COMPLETED, NOON);
        PrintJob failed = submitted(null).quarantined(NOON);

        assertThat(submitted(null).needsDocument(NOON.plusSeconds(9999), minute))
                .isTrue();
        assertThat(done.needsDocument(NOON.plusSeconds(59), minute)).isTrue();
        assertThat(done.needsDocument(NOON.plusSeconds(60), minute)).isFalse();
        assertThat(failed.needsDocument(NOON.plusSeconds(9999), minute)).isTrue();
        assertThat(failed.isOver()).isFalse();
        assertThat(failed.outOfQuarantine(JobReason.DISCARDED).isOver()).isTrue();
    }

    @Test
    void partialFormatIsLeftOnlyByADocumentWithFormatsOfWhichSomethingWasSent() {
        PrintJob label = submitted(new Labels(1, 400, false, 0));

        assertThat(label.leavesPartialFormat(new ByteCounts(10, 0L, 10))).isTrue();
        assertThat(label.leavesPartialFormat(new ByteCounts(0, null, 10))).isTrue();
        assertThat(label.leavesPartialFormat(new ByteCounts(0, 0L, 10))).isFalse();
        assertThat(submitted(new Labels(0, 0, false, 0)).leavesPartialFormat(new ByteCounts(10, 5L, 10)))
                .isFalse();
        assertThat(submitted(null).leavesPartialFormat(new ByteCounts(10, 5L, 10)))
                .isFalse();
    }

    @Test
    void attemptsAreCountedFromOneAndTheFirstStartIsKept() {
        PrintJob job = submitted(null).attemptStarted(1, NOON);
        job = failed(job, 0).attemptStarted(job.nextAttempt(), NOON.plusSeconds(9));

        assertThat(submitted(null).nextAttempt()).isEqualTo(1);
        assertThat(job.attempts()).extracting(JobAttempt::number).containsExactly(1, 2);
        assertThat(job.startedAt()).isEqualTo(NOON);
        assertThat(job.lastAttemptStartedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(job.lastFailedAttempt()).map(JobAttempt::number).contains(1);
    }

    /** A printer may allow 100 attempts; a label may be out after any of them, and each such one must be countable. */
    @Test
    void attemptsOfWhichNothingCanBeOutAreForgottenBeforeCopies() {
        PrintJob job = submitted(null);
        for (int attempt = 1; attempt <= 300; attempt++) {
            job = failed(job.attemptStarted(attempt, NOON), attempt % 3 == 0 ? 5 : 0);
        }

        assertThat(job.attempts()).hasSize(101);
        assertThat(job.copiesSent()).isEqualTo(100);
    }

    @Test
    void latestFourAttemptsKeepTheirTranscriptsWhileTheJobIsUnfinished() {
        PrintJob job = submitted(null);
        for (int attempt = 1; attempt <= 6; attempt++) {
            job = failed(job.attemptStarted(attempt, NOON), 0);
        }

        assertThat(withTranscript(job)).containsExactly(3, 4, 5, 6);
        assertThat(withTranscript(job.quarantined(NOON))).containsExactly(3, 4, 5, 6);
        assertThat(withTranscript(job.to(JobState.CANCELED, NOON))).isEmpty();
    }

    private static List<Integer> withTranscript(PrintJob job) {
        return job.attempts().stream()
                .filter(attempt -> attempt.failure() != null
                        && !attempt.failure().transcript().isEmpty())
                .map(JobAttempt::number)
                .toList();
    }

    private static PrintJob submitted(@Nullable Labels labels) {
        var document = new StoredDocument("id", 10, "aa");
        var ticket = TicketFixture.scanned(document, labels);
        return PrintJob.submitted(1, ticket, false, NOON, 1);
    }

    private static PrintJob failed(PrintJob job, long acknowledged) {
        var bytes = new ByteCounts(10, acknowledged, 10);
        var entry = new TranscriptEntry("+0.000000s", TranscriptEntry.Side.US, "syn", null, null);
        var failure = new DeliveryFailure(
                Cause.CONNECTION_RESET,
                EndedBy.PRINTER,
                Confidence.LIKELY,
                null,
                "why",
                bytes,
                null,
                null,
                NOON,
                List.of(entry),
                null,
                null);
        return job.attemptEnded(NOON, Outcome.FAILED, null, bytes, failure, Verdict.PASSING, null);
    }
}
