package io.platen.api.http.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class JobWaitsTest {
    private static final PrinterId DOCK = new PrinterId("dock");
    private static final PrinterId OTHER = new PrinterId("other");
    private static final QueueState NO_JOB_IS_KEPT = QueueState.empty(10);

    private final JobWaits waits = new JobWaits(ref -> false);

    @Test
    void whatHappensToAJobEndsItsWaitsAndNoOthers() {
        var first = wait(DOCK, 1);
        var again = wait(DOCK, 1);
        var second = wait(DOCK, 2);
        var elsewhere = wait(OTHER, 1);
        waits.published(DOCK, NO_JOB_IS_KEPT, List.of(new PrinterEvent.JobCanceled(1, Instant.EPOCH, null)));

        assertThat(isOver(first)).isTrue();
        assertThat(isOver(again)).isTrue();
        assertThat(isOver(second)).isFalse();
        assertThat(isOver(elsewhere)).isFalse();
        assertThat(waits.jobs()).isEqualTo(2);
    }

    @Test
    void endOfAPrinterEndsTheWaitsOfItsJobs() {
        var here = wait(DOCK, 1);
        var elsewhere = wait(OTHER, 1);
        waits.published(DOCK, NO_JOB_IS_KEPT, List.of(new PrinterEvent.PrinterRemoved(Instant.EPOCH, null)));

        assertThat(isOver(here)).isTrue();
        assertThat(isOver(elsewhere)).isFalse();
    }

    /** Looking at all 100,000 waits for each of 100,000 events takes minutes; looking at one takes no time. */
    @Test
    @Timeout(20)
    void manyWaitsDoNotSlowEachOther() {
        int many = 100_000;
        var all = IntStream.range(0, many).mapToObj(job -> wait(DOCK, job)).toList();
        for (int job = 0; job < many; job++) {
            waits.published(DOCK, NO_JOB_IS_KEPT, List.of(new PrinterEvent.JobCanceled(job, Instant.EPOCH, null)));
        }

        assertThat(all).allMatch(JobWaitsTest::isOver);
        assertThat(waits.jobs()).isZero();
    }

    private CompletionStage<Done> wait(PrinterId printer, int job) {
        return waits.ended(new JobRef(printer, job), Duration.ofHours(1));
    }

    private static boolean isOver(CompletionStage<Done> wait) {
        return wait.toCompletableFuture().isDone();
    }
}
