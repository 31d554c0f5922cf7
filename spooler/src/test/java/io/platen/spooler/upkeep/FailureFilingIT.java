package io.platen.spooler.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.document.DocumentSettings;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.document.StoredDocument;
import io.platen.persistence.failure.FailureStore;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Recorded;
import io.platen.spooler.job.TicketFixture;
import io.platen.spooler.job.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders follow the events, whatever comes between. */
final class FailureFilingIT {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final PrinterId DOCK = QueueFixture.DOCK;

    @TempDir
    Path data;

    private final StatusBoard board = new StatusBoard();
    private final TestFormat format = new TestFormat();
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final Deque<Recorded> journal = new ArrayDeque<>();
    private FailureStore store;
    private DocumentStore documents;
    private FailureFiling filing;
    private QueueState state;

    /** Fails as long as it is told to. */
    private static final class TestFormat implements FailureFormat {
        private volatile boolean fails;
        private volatile int failsOn;

        private record Taken(String log, long bytes) implements Moment {}

        @Override
        public Moment moment(PrinterId printer, PrintJob job) {
            return new Taken("log of job " + job.number(), 100);
        }

        @Override
        public Map<String, byte[]> files(
                PrinterId printer, PrintJob job, List<Recorded> history, @Nullable Moment moment) {
            if (fails || job.number() == failsOn) {
                throw new UncheckedIOException(new IOException("A bad disk, for the test"));
            }
            String log = moment == null ? "lost" : ((Taken) moment).log();
            return Map.of(
                    "log.txt", log.getBytes(UTF_8),
                    "events.txt", String.valueOf(history.size()).getBytes(UTF_8));
        }
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void open() throws IOException {
        var space = new FreeSpace(data, 0);
        documents = DocumentStore.open(
                data, space, DocumentSettings.of(kit.system().settings().config()), Runnable::run);
        store = FailureStore.open(data.resolve("failures"), space);
        filing = new FailureFiling(
                kit.system(),
                store,
                documents,
                board,
                (printer, from, to) -> Source.from(List.copyOf(journal)),
                format,
                Runnable::run,
                (pause, work) -> {
                    pauses.add(pause);
                    later.add(work);
                });
        state = QueueState.empty(20);
        publish(QueueFixture.configured());
    }

    @AfterEach
    void close() {
        documents.close();
    }

    @Test
    void condemnedJobGetsAFolderWithItsDocumentHistoryAndMoment() {
        condemn(1);
        awaitIdle();

        assertThat(folder(1).resolve("document")).hasContent("label 1");
        assertThat(folder(1).resolve("log.txt")).hasContent("log of job 1");
        assertThat(folder(1).resolve("events.txt"))
                .as("submitted, started, failed")
                .hasContent("3");
    }

    /** It is there when a backup of the journal is restored beside failure storage that is newer. */
    @Test
    void folderOfAnotherJobWithTheSameNumberIsReplaced() throws IOException {
        store.write(
                new FailureStore.Entry(DOCK.value(), 1), Map.of("log.txt", "another".getBytes(UTF_8)), 0, file -> {});
        condemn(1);
        awaitIdle();

        assertThat(folder(1).resolve("log.txt")).hasContent("log of job 1");
    }

    @Test
    void folderGoesWhenTheJobDoes() {
        condemn(1);
        takeOut(1);
        awaitIdle();

        assertThat(folder(1)).doesNotExist();
    }

    @Test
    void folderThatCouldNotBeWrittenIsTriedAgainWithItsMoment() {
        format.fails = true;
        condemn(1);
        awaitPauses(1);
        runLater();
        awaitPauses(2);
        assertThat(folder(1)).doesNotExist();

        format.fails = false;
        runLater();
        awaitIdle();

        assertThat(folder(1).resolve("log.txt")).hasContent("log of job 1");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void folderThatCannotBeWrittenDoesNotHoldTheNext() {
        format.failsOn = 1;
        condemn(1);
        awaitPauses(1);
        condemn(2);
        runLater();
        awaitPauses(2);
        runLater();
        awaitPauses(3);

        assertThat(folder(2).resolve("log.txt")).hasContent("log of job 2");
        takeOut(1);
        runLater();
        awaitIdle();
        assertThat(folder(1)).doesNotExist();
    }

    /** As {@code kill -9} leaves it between the event and the folder. */
    @Test
    void missingFolderIsMadeAgainAtAStartAndSaysWhatItLacks() throws IOException {
        condemnUnheard(1);
        Files.createDirectories(folder(9));
        var found = new FailureStore.Entry(DOCK.value(), 9);

        filing.begin(List.of(found));
        awaitIdle();

        assertThat(folder(1).resolve("document")).hasContent("label 1");
        assertThat(folder(1).resolve("log.txt")).hasContent("lost");
        assertThat(folder(9)).as("no job needs it").doesNotExist();
    }

    @Test
    void queueThatWasRestartedLooksForItsFolders() {
        filing.begin(List.of());
        condemnUnheard(1);

        filing.recovered(DOCK, state);
        awaitIdle();

        assertThat(folder(1).resolve("document")).hasContent("label 1");
    }

    @Test
    void folderSaysThatItsDocumentIsMissing() {
        var missing = new StoredDocument("0f8fad5b-d9cb-469f-a165-70867728950e", 10, "ab".repeat(32));
        publish(submitted(1, missing));
        condemnSubmitted(1);
        filing.condemned(DOCK, state.jobs().find(1).orElseThrow());
        awaitIdle();

        assertThat(folder(1).resolve("document")).doesNotExist();
        assertThat(folder(1).resolve("document-missing.txt")).exists();
    }

    private void condemn(int job) {
        condemnUnheard(job);
        filing.condemned(DOCK, state.jobs().find(job).orElseThrow());
    }

    private void condemnUnheard(int job) {
        StoredDocument document = Source.single(ByteString.fromString("label " + job))
                .runWith(documents.store(), kit.system())
                .toCompletableFuture()
                .join();
        publish(submitted(job, document));
        condemnSubmitted(job);
    }

    private static JobSubmitted submitted(int job, StoredDocument document) {
        var ticket = TicketFixture.of("label", document);
        return new JobSubmitted(job, ticket, false, QueueFixture.at(job), null);
    }

    private void condemnSubmitted(int job) {
        publish(QueueFixture.started(job));
        publish(QueueFixture.failed(job, Verdict.POISONED));
    }

    private void takeOut(int job) {
        publish(new FailureDiscarded(job, null, QueueFixture.NOON, null));
        filing.takenOut(DOCK, job);
    }

    private void publish(PrinterEvent event) {
        state = state.after(event);
        journal.add(new Recorded(state.events(), event));
        board.publishQueue(DOCK, state, List.of(event));
    }

    private void runLater() {
        Runnable work = later.poll();
        assertThat(work).isNotNull();
        work.run();
    }

    private void awaitIdle() {
        filing.idle().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void awaitPauses(int number) {
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(later).isNotEmpty();
            assertThat(pauses).hasSize(number);
            return null;
        });
    }

    private Path folder(int job) {
        return data.resolve("failures").resolve(DOCK.value()).resolve(Integer.toString(job));
    }
}
