package io.platen.spooler.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.QueueState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Jobs that are over stay packed after a start, and nobody can tell. */
final class QueueSnapshotTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final Serialization serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final int KEPT = 4;

    private QueueState state = QueueState.empty(KEPT);

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void areFoundByNumberAndKey() {
        print(1, "key-1", null);
        print(2, null, null);
        submit(3, "key-3", null);

        QueueState restored = restored();

        assertThat(restored.jobs().all()).containsExactlyElementsOf(state.jobs().all());
        assertThat(restored.jobs().newestFirst(3, EnumSet.of(JobState.COMPLETED, JobState.PENDING)))
                .extracting(PrintJob::number)
                .containsExactly(2, 1);
        assertThat(restored.jobs().newestFirst(9, EnumSet.of(JobState.PENDING)))
                .extracting(PrintJob::number)
                .containsExactly(3);
        assertThat(restored.jobs().state(1)).contains(JobState.COMPLETED);
        assertThat(restored.jobs().find(2)).isEqualTo(state.jobs().find(2)).isPresent();
        assertThat(restored.jobs().findByKey("key-1")).isEqualTo(state.jobs().find(1));
        assertThat(restored.jobs().findByKey("key-3")).isEqualTo(state.jobs().find(3));
        assertThat(restored.jobs().counts()).isEqualTo(state.jobs().counts());
        assertThat(restored.jobs().first()).isEqualTo(state.jobs().first()).isPresent();
        assertThat(restored.neededFrom()).isEqualTo(state.neededFrom());
    }

    @Test
    void stayAsTheyWereWritten() {
        print(1, "key-1", null);
        print(2, null, "http://127.0.0.1/told");

        byte[] written = written(state);

        assertThat(written(restored())).isEqualTo(written);
        assertThat(QueueSnapshot.of(restored()).agreesWith(QueueSnapshot.of(state)))
                .isTrue();
    }

    @Test
    void theOldestGoesFirst() {
        for (int job = 1; job <= KEPT; job++) {
            print(job, "key-" + job, null);
        }
        state = restored();

        print(KEPT + 1, null, null);

        assertThat(state.jobs().all()).extracting(PrintJob::number).containsExactly(2, 3, 4, 5);
        assertThat(state.jobs().findByKey("key-1")).isEmpty();
    }

    @Test
    void thoseThatEndedLongAgoAreForgotten() {
        print(1, null, null);
        print(2, null, null);
        state = restored();

        assertThat(state.after(new PrinterEvent.HistoryExpired(ended(2), NOON))
                        .jobs()
                        .all())
                .extracting(PrintJob::number)
                .containsExactly(2);
    }

    @Test
    void anEventBringsOneBack() {
        print(1, "key-1", null);
        state = restored();

        state = state.after(new PrinterEvent.AttemptStarted(1, 2, NOON.plusSeconds(60)));

        assertThat(state.jobs().find(1)).map(PrintJob::state).contains(JobState.PROCESSING);
        assertThat(state.jobs().findByKey("key-1")).isEqualTo(state.jobs().find(1));
        assertThat(state.jobs().counts().processing()).isEqualTo(1);
        assertThat(state.jobs().all()).hasSize(1);
        assertThat(state.after(new PrinterEvent.HistoryExpired(NOON.plusSeconds(600), NOON))
                        .jobs()
                        .all())
                .hasSize(1);
    }

    @Test
    void saysWhoseDocumentsAreNeededAndWhoIsTold() {
        print(1, null, null);
        print(2, null, "http://127.0.0.1/told");
        submit(3, null, null);
        state = restored();
        Duration untilSecond = Duration.between(ended(1), NOON.plusSeconds(60)).minusMillis(1);

        assertThat(state.jobs().neededDocuments(NOON.plusSeconds(60), untilSecond))
                .containsExactly("document-2", "document-3");
        assertThat(state.jobs().watched()).extracting(PrintJob::number).containsExactly(2);
        assertThat(state.jobs().current()).extracting(PrintJob::number).containsExactly(3);
    }

    /** What is kept beside the row is part of what {@code journal verify} compares. */
    @Test
    void disagreesWhenAKeyDiffers() {
        print(1, "key-1", null);
        QueueSnapshot same = snapshot(written(state));
        print(2, null, null);
        QueueSnapshot more = QueueSnapshot.of(state);
        state = QueueState.empty(KEPT);
        print(1, "key-2", null);

        assertThat(same.agreesWith(same)).isTrue();
        assertThat(same.agreesWith(more)).as("it is of another event").isFalse();
        assertThat(same.agreesWith(QueueSnapshot.of(state))).isFalse();
    }

    @Test
    void agreesWithOneThatKeepsMoreFinishedJobs() {
        print(1, null, null);
        print(2, null, null);
        QueueState less = snapshot(written(state)).restore(1);

        assertThat(less.jobs().all()).extracting(PrintJob::number).containsExactly(2);
        assertThat(QueueSnapshot.of(less).agreesWith(QueueSnapshot.of(state))).isTrue();
    }

    @Test
    void thatCannotBeReadSayWhichTheyAre() {
        var codec = new CBORMapper();
        var other = new PackedJob(1, "key-2", JobState.COMPLETED, ended(1).toEpochMilli(), false, new byte[0], codec);

        assertThatThrownBy(other::job)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Job 1 cannot be read from its printer's snapshot");
        assertThatThrownBy(other::documentId).isInstanceOf(UncheckedIOException.class);
    }

    private void print(int job, @Nullable String key, @Nullable String callback) {
        submit(job, key, callback);
        state = state.after(new PrinterEvent.AttemptStarted(job, 1, NOON.plusSeconds(job)))
                .after(new PrinterEvent.AttemptDelivered(
                        job, 1, Rung.ACKNOWLEDGED, new ByteCounts(10, 10L, 10), null, null, ended(job)));
    }

    private void submit(int job, @Nullable String key, @Nullable String callback) {
        var document = new StoredDocument("document-" + job, 10, "ab".repeat(32));
        var ticket = new JobTicket("label", document, null, 1, 50, key, null, callback, null, null, null);
        state = state.after(new PrinterEvent.JobSubmitted(job, ticket, false, NOON.plusSeconds(job), null));
    }

    private static Instant ended(int job) {
        return NOON.plusSeconds(job).plusMillis(5);
    }

    private QueueState restored() {
        return snapshot(written(state)).restore(KEPT);
    }

    private static QueueSnapshot snapshot(byte[] written) {
        return (QueueSnapshot) serialization.deserialize(written, 9104, "").get();
    }

    private static byte[] written(QueueState state) {
        return serialization.serialize(QueueSnapshot.of(state)).get();
    }
}
