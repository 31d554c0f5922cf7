package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobHeld;
import io.platen.spooler.job.PrinterEvent.JobMoved;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EndOfJobTest {
    @Test
    void isInWhatLeavesTheJobFinished() {
        QueueState sending =
                QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1), QueueFixture.started(1));

        Stream.of(
                        QueueFixture.delivered(1),
                        QueueFixture.failed(1, Verdict.POISONED),
                        QueueFixture.failed(1, Verdict.PASSING),
                        QueueFixture.failed(1, Verdict.AWAY),
                        QueueFixture.failed(1, Verdict.IN_DOUBT),
                        QueueFixture.failed(1, Verdict.UNWELL),
                        new JobCanceled(1, QueueFixture.NOON, null),
                        new JobHeld(1, QueueFixture.NOON, null),
                        new JobMoved(1, new JobRef(QueueFixture.DOCK, 2), QueueFixture.NOON))
                .forEach(event -> assertThat(EndOfJob.isIn(event))
                        .as(event.toString())
                        .isEqualTo(sending.after(event)
                                .jobs()
                                .find(1)
                                .orElseThrow()
                                .state()
                                .isFinished()));
    }
}
