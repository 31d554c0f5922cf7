package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.spooler.job.JobTable.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Job N was submitted N seconds past noon, and ended in that second if it did. */
final class JobTableTest {
    private static final int KEPT = 3;

    private JobTable table = JobTable.empty(KEPT);

    @Test
    void higherPriorityGoesFirstThenTheOneThatWasAcceptedFirst() {
        add(waiting(1, 50));
        add(waiting(2, 50));
        add(waiting(3, 90));

        assertThat(table.first()).map(PrintJob::number).contains(3);
        add(find(3).to(JobState.PENDING_HELD, at(3), JobReason.JOB_HOLD_UNTIL_SPECIFIED));
        assertThat(table.first()).map(PrintJob::number).contains(1);
        add(find(1).to(JobState.CANCELED, at(1)));
        add(find(2).to(JobState.CANCELED, at(2)));
        assertThat(table.first()).isEmpty();
        add(find(3).to(JobState.PENDING, at(3)));
        assertThat(table.first()).map(PrintJob::number).contains(3);
    }

    @Test
    void countsEachConditionOnce() {
        add(waiting(1, 50));
        add(waiting(2, 50).to(JobState.PENDING_HELD, at(2)));
        add(waiting(3, 50).attemptStarted(1, at(3)));
        add(waiting(4, 50).quarantined(at(4)));
        add(waiting(5, 50).to(JobState.COMPLETED, at(5)));

        assertThat(table.counts()).isEqualTo(new Counts(1, 1, 1, 1));
        assertThat(table.counts().active()).isEqualTo(3);
        assertThat(table.oldestActive()).map(PrintJob::number).contains(1);
        assertThat(table.quarantined()).extracting(PrintJob::number).containsExactly(4);
        assertThat(table.over()).extracting(KeptJob::number).containsExactly(5);
    }

    @Test
    void oldestFinishedJobGoesWithItsKeyWhenThereAreTooMany() {
        for (int job = 1; job <= KEPT + 1; job++) {
            add(job(job, 50, "key-" + job).to(JobState.COMPLETED, at(job)));
        }

        assertThat(table.find(1)).isEmpty();
        assertThat(table.findByKey("key-1")).isEmpty();
        assertThat(table.findByKey("key-2")).map(PrintJob::number).contains(2);
        assertThat(table.all()).hasSize(KEPT);
    }

    @Test
    void jobInFailureStorageStaysHoweverManyFinish() {
        add(waiting(1, 50).quarantined(at(1)));
        for (int job = 2; job <= 10; job++) {
            add(waiting(job, 50).to(JobState.COMPLETED, at(job)));
        }

        assertThat(table.find(1)).isPresent();
        add(find(1).outOfQuarantine(JobReason.DISCARDED));
        assertThat(table.find(1)).as("it is the oldest finished one now").isEmpty();
    }

    @Test
    void forgetsWhatEndedBeforeAMoment() {
        add(waiting(1, 50).to(JobState.COMPLETED, at(1)));
        add(waiting(2, 50).to(JobState.COMPLETED, at(2)));
        add(waiting(3, 50));

        assertThat(table.anyEndedBefore(at(1))).isFalse();
        assertThat(table.anyEndedBefore(at(2))).isTrue();
        assertThat(table.withoutEndedBefore(at(2)).all())
                .extracting(PrintJob::number)
                .containsExactly(2, 3);
    }

    @Test
    void documentsAreNeededWhileTheirJobsAreCurrentAndForATimeAfterwards() {
        add(waiting(1, 50).to(JobState.COMPLETED, at(1)));
        add(waiting(2, 50).to(JobState.COMPLETED, at(2)));
        add(waiting(3, 50));
        add(waiting(4, 50).quarantined(at(1)));

        assertThat(table.neededDocuments(at(100), Duration.ofMillis(98_500)))
                .containsExactly("document-2", "document-3", "document-4");
    }

    @Test
    void knowsWhichBytesWerePrinted() {
        add(waiting(1, 50).to(JobState.COMPLETED, at(1)));
        add(waiting(2, 50).to(JobState.CANCELED, at(2)));

        assertThat(table.hasPrinted(document(1))).isTrue();
        assertThat(table.hasPrinted(document(2))).isFalse();
    }

    @Test
    void newestComeFirstBelowANumber() {
        add(waiting(1, 50));
        add(waiting(2, 50).to(JobState.CANCELED, at(2)));
        add(waiting(3, 50));
        add(waiting(4, 50));

        assertThat(table.newestFirst(4, EnumSet.of(JobState.PENDING)))
                .extracting(PrintJob::number)
                .containsExactly(3, 1);
    }

    /** Whatever happens, a table that is made at once is the table that came about one by one. */
    @RepeatedTest(20)
    void tableMadeAtOnceIsTheSame() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        table = JobTable.empty(100);
        for (int i = 0; i < 200; i++) {
            int number = 1 + random.nextInt(40);
            PrintJob job = table.find(number).orElseGet(() -> job(number, random.nextInt(3), "key-" + number));
            add(
                    switch (random.nextInt(5)) {
                        case 0 -> job.to(JobState.PENDING, at(number));
                        case 1 -> job.to(JobState.PENDING_HELD, at(number));
                        case 2 -> job.to(JobState.COMPLETED, at(number));
                        case 3 -> job.quarantined(at(number));
                        default -> job.attemptStarted(1, at(number));
                    });
        }

        JobTable same = JobTable.of(100, List.<KeptJob>copyOf(table.all()));

        assertThat(same.counts()).as("seed " + seed).isEqualTo(table.counts());
        assertThat(same.first()).as("seed " + seed).isEqualTo(table.first());
        assertThat(same.over()).as("seed " + seed).isEqualTo(table.over());
        assertThat(same.current().toList())
                .as("seed " + seed)
                .isEqualTo(table.current().toList());
        assertThat(same.findByKey("key-7")).as("seed " + seed).isEqualTo(table.findByKey("key-7"));
    }

    private void add(PrintJob job) {
        table = table.with(job);
    }

    private PrintJob find(int number) {
        return table.find(number).orElseThrow();
    }

    private static PrintJob waiting(int number, int priority) {
        return job(number, priority, null);
    }

    private static PrintJob job(int number, int priority, @Nullable String key) {
        var ticket = new JobTicket(null, document(number), null, 1, priority, key, null);
        return PrintJob.submitted(number, ticket, false, at(number), number);
    }

    private static StoredDocument document(int number) {
        return new StoredDocument("document-" + number, 10, "%064x".formatted(number));
    }

    private static Instant at(int second) {
        return QueueFixture.at(second);
    }
}
