package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobAttempt.Outcome;
import io.platen.spooler.job.JobTable.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, keys and counts of a printer's jobs, and which finished ones are kept. */
final class JobTableTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final JobTable EMPTY = JobTable.empty(2);

    @Test
    void higherPriorityGoesFirstAndThenTheOrderOfAcceptance() {
        JobTable table = EMPTY.with(job(1, 50, null))
                .with(job(2, 50, null))
                .with(job(3, 51, null))
                .with(job(4, 1, null));

        assertThat(drained(table)).containsExactly(3, 1, 2, 4);
    }

    @Test
    void jobsInEachConditionAreCounted() {
        JobTable table = EMPTY.with(job(1, 50, null))
                .with(job(2, 50, null).to(JobState.PENDING_HELD, NOON))
                .with(job(3, 50, null).to(JobState.PROCESSING, NOON))
                .with(job(4, 50, null).to(JobState.PROCESSING_STOPPED, NOON))
                .with(job(5, 50, null).quarantined(NOON))
                .with(job(6, 50, null).to(JobState.COMPLETED, NOON))
                .with(job(7, 50, null).to(JobState.CANCELED, NOON));

        assertThat(table.counts()).isEqualTo(new Counts(1, 1, 2, 1));
        assertThat(table.counts().active()).isEqualTo(4);
        assertThat(table.oldestActive()).map(PrintJob::number).contains(1);
        assertThat(table.quarantined()).extracting(PrintJob::number).containsExactly(5);
    }

    @Test
    void oldestFinishedJobGoesWhenThereAreTooManyAndItsKeyWithIt() {
        JobTable table = EMPTY;
        for (int number = 1; number <= 3; number++) {
            table = table.with(job(number, 50, "key-" + number))
                    .with(job(number, 50, "key-" + number).to(JobState.COMPLETED, NOON));
        }

        assertThat(table.all()).extracting(PrintJob::number).containsExactly(2, 3);
        assertThat(table.findByKey("key-1")).isEmpty();
        assertThat(table.findByKey("key-2")).map(PrintJob::number).contains(2);
    }

    @Test
    void failedJobsStayUntilTheyAreTakenOut() {
        PrintJob failed = job(1, 50, null).quarantined(NOON);
        JobTable table = EMPTY.with(failed);
        for (int number = 2; number <= 9; number++) {
            table = table.with(job(number, 50, null).to(JobState.COMPLETED, NOON));
        }
        assertThat(table.find(1)).isPresent();

        table = table.with(failed.outOfQuarantine(JobReason.DISCARDED));

        assertThat(table.find(1)).isEmpty();
        assertThat(table.counts().failed()).isZero();
    }

    @Test
    void tableBeforeAChangeStaysAsItWas() {
        JobTable before = EMPTY.with(job(1, 50, "key"));

        JobTable after =
                before.with(job(1, 50, "key").to(JobState.CANCELED, NOON)).with(job(2, 50, null));

        assertThat(before.state(1)).contains(JobState.PENDING);
        assertThat(before.find(2)).isEmpty();
        assertThat(before.first()).map(PrintJob::number).contains(1);
        assertThat(after.first()).map(PrintJob::number).contains(2);
    }

    /** A key of one submitter is not that of another, but a key of earlier versions, which kept no owner, is anybody's. */
    @Test
    void keysAreTheirOwners() {
        JobTicket annas = ticket(50, "key").claimed("anna", "x");
        JobTicket bobs = ticket(50, "key").claimed("bob", "x");
        JobTable table = EMPTY.with(PrintJob.submitted(1, annas, false, NOON, 1));

        assertThat(table.findByKeyOf(annas)).isPresent();
        assertThat(table.findByKeyOf(bobs)).isEmpty();
        assertThat(table.findByKeyOf(ticket(50, null))).isEmpty();
        assertThat(EMPTY.with(job(1, 50, "key")).findByKeyOf(bobs)).isPresent();
    }

    @Test
    void jobsThatEndedBeforeAMomentAreForgotten() {
        JobTable table = JobTable.empty(10)
                .with(job(1, 50, null).to(JobState.COMPLETED, NOON.minusSeconds(1)))
                .with(job(2, 50, null).to(JobState.COMPLETED, NOON))
                .with(job(3, 50, null));

        assertThat(table.anyEndedBefore(NOON)).isTrue();
        JobTable left = table.withoutEndedBefore(NOON);
        assertThat(left.all()).extracting(PrintJob::number).containsExactly(2, 3);
        assertThat(left.anyEndedBefore(NOON)).isFalse();
    }

    @Test
    void documentsOfUnfinishedFailedAndRecentJobsAreNeeded() {
        JobTable table = JobTable.empty(10)
                .with(job(1, 50, null).to(JobState.COMPLETED, NOON.minusSeconds(60)))
                .with(job(2, 50, null).to(JobState.COMPLETED, NOON.minusSeconds(59)))
                .with(job(3, 50, null).quarantined(NOON.minusSeconds(3600)))
                .with(job(4, 50, null));

        assertThat(table.neededDocuments(NOON, Duration.ofSeconds(60)))
                .containsExactly("document-2", "document-3", "document-4");
    }

    @Test
    void onlyCompletedJobsOfTheSameBytesHavePrintedThem() {
        JobTable table = EMPTY.with(job(1, 50, null).to(JobState.COMPLETED, NOON))
                .with(job(2, 50, null).to(JobState.CANCELED, NOON));

        assertThat(table.hasPrinted(new StoredDocument("another id", 10, "sha-1")))
                .isTrue();
        assertThat(table.hasPrinted(new StoredDocument("document-1", 11, "sha-1")))
                .isFalse();
        assertThat(table.hasPrinted(new StoredDocument("document-2", 10, "sha-2")))
                .isFalse();
    }

    @Test
    void pagesGoFromTheNewestDown() {
        JobTable table = JobTable.empty(10)
                .with(job(1, 50, null))
                .with(job(2, 50, null).to(JobState.CANCELED, NOON))
                .with(job(3, 50, null))
                .with(job(4, 50, null));

        assertThat(table.newestFirst(4, Set.of(JobState.PENDING)))
                .extracting(PrintJob::number)
                .containsExactly(3, 1);
        assertThat(table.newestFirst(Integer.MAX_VALUE, EnumSet.allOf(JobState.class)))
                .extracting(PrintJob::number)
                .containsExactly(4, 3, 2, 1);
    }

    /** However it came about, a table is the one that is made of its jobs at once, and counts what is in it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyHistoryLeadsToTheTableOfItsJobs(long seed) {
        var random = new Random(seed);
        var last = new TreeMap<Integer, PrintJob>();
        JobTable table = JobTable.empty(1000);
        for (int step = 0; step < 500; step++) {
            int number = 1 + random.nextInt(60);
            PrintJob job = changed(last.getOrDefault(number, job(number, 1 + number % 3, "key-" + number)), random);
            last.put(number, job);
            table = table.with(job);
        }

        JobTable atOnce = JobTable.of(1000, new ArrayList<>(last.values()));
        assertThat(table.counts()).as("seed %d", seed).isEqualTo(atOnce.counts());
        assertThat(List.copyOf(table.all())).isEqualTo(List.copyOf(atOnce.all()));
        assertThat(drained(table)).isEqualTo(drained(atOnce));
        assertThat(table.current()).containsExactlyElementsOf(atOnce.current().toList());
        long pending = last.values().stream().filter(PrintJob::isWaiting).count();
        assertThat(table.counts().pending()).isEqualTo((int) pending);
    }

    private static PrintJob changed(PrintJob job, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> job.to(JobState.PENDING, NOON);
            case 1 -> job.to(JobState.PENDING_HELD, NOON);
            case 2 -> job.attemptStarted(job.nextAttempt(), NOON);
            case 3 -> job.quarantined(NOON);
            case 4 -> job.to(JobState.CANCELED, NOON);
            default ->
                job.attemptStarted(job.nextAttempt(), NOON)
                        .attemptEnded(
                                NOON, Outcome.DELIVERED, Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, null)
                        .to(JobState.COMPLETED, NOON);
        };
    }

    private static List<Integer> drained(JobTable table) {
        var order = new ArrayList<Integer>();
        JobTable left = table;
        for (var first = left.first(); first.isPresent(); first = left.first()) {
            order.add(first.get().number());
            left = left.with(first.get().to(JobState.CANCELED, NOON));
        }
        return order;
    }

    private static PrintJob job(int number, int priority, @Nullable String key) {
        var document = new StoredDocument("document-" + number, 10, "sha-" + number);
        var ticket = TicketFixture.keyed(document, priority, key);
        return PrintJob.submitted(number, ticket, false, NOON, 1);
    }

    private static JobTicket ticket(int priority, @Nullable String key) {
        return TicketFixture.keyed(new StoredDocument("document", 10, "sha"), priority, key);
    }
}
