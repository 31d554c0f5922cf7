package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.job.JobAttempt.Outcome;
import org.junit.jupiter.api.Test;

final class PrintJobTest {
    private final PrintJob job = PrintJob.submitted(1, QueueFixture.submitted(1).ticket(), false, QueueFixture.NOON, 7);

    @Test
    void startedJobKeepsItsFirstStart() {
        PrintJob again = job.attemptStarted(1, QueueFixture.at(1))
                .to(JobState.PENDING, QueueFixture.at(2))
                .attemptStarted(2, QueueFixture.at(3));

        assertThat(again.startedAt()).isEqualTo(QueueFixture.at(1));
        assertThat(again.attempts()).extracting(JobAttempt::number).containsExactly(1, 2);
        assertThat(again.nextAttempt()).isEqualTo(3);
    }

    @Test
    void endsOnceAndIsOver() {
        PrintJob canceled = job.to(JobState.CANCELED, QueueFixture.at(4), JobReason.JOB_CANCELED_BY_USER);

        assertThat(canceled.endedAt()).isEqualTo(QueueFixture.at(4));
        assertThat(canceled.isOver()).isTrue();
        assertThat(canceled.canCancel()).isFalse();
    }

    @Test
    void quarantinedJobHasEndedButIsNotOver() {
        PrintJob failed = job.attemptStarted(1, QueueFixture.at(1)).quarantined(QueueFixture.at(2));

        assertThat(failed.state()).isEqualTo(JobState.ABORTED);
        assertThat(failed.isOver()).isFalse();
        assertThat(failed.outOfQuarantine(JobReason.DISCARDED).isOver()).isTrue();
        assertThat(failed.outOfQuarantine(JobReason.DISCARDED).endedAt()).isEqualTo(QueueFixture.at(2));
    }

    @Test
    void heldJobIsHeldAgainWhenItsMoveIsTakenBack() {
        PrintJob held = job.to(JobState.PENDING_HELD, QueueFixture.at(1), JobReason.JOB_HOLD_UNTIL_SPECIFIED);
        PrinterId other = new PrinterId("other");

        assertThat(held.moving(other).notMoved()).isEqualTo(held);
        assertThat(job.moving(other).notMoved()).isEqualTo(job);
        assertThat(held.moving(other).isHeldBesideItsMove()).isTrue();
        assertThat(job.moving(other).isHeldBesideItsMove()).isFalse();
        assertThat(job.moving(other).canRelease()).isFalse();
    }

    @Test
    void endedAttemptKeepsTheHighestRungWhenItReachedNone() {
        var bytes = new ByteCounts(10, 10L, 10);
        PrintJob delivered = job.attemptStarted(1, QueueFixture.at(1))
                .attemptEnded(
                        QueueFixture.at(2),
                        Outcome.DELIVERED,
                        QueueFixture.delivered(1).rung(),
                        bytes,
                        null,
                        null,
                        null);
        PrintJob failed = delivered
                .attemptStarted(2, QueueFixture.at(3))
                .attemptEnded(QueueFixture.at(4), Outcome.FAILED, null, bytes, QueueFixture.failure(), null, null);

        assertThat(failed.rung()).isEqualTo(QueueFixture.delivered(1).rung());
        assertThat(failed.lastFailedAttempt()).map(JobAttempt::number).contains(2);
        assertThat(failed.copiesSent()).isEqualTo(2);
    }

    @Test
    void seenAtMovesOnlyTheLastEvent() {
        assertThat(job.seenAt(9).firstEvent()).isEqualTo(7);
        assertThat(job.seenAt(9).lastEvent()).isEqualTo(9);
    }
}
