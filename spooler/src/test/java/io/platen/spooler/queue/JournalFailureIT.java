package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.document.DocumentSettings;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.PrinterServices;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import io.platen.spooler.SpoolerSettings;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.DeliveryPromise;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.ProfileFixture;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.job.TicketFixture;
import io.platen.spooler.queue.PrinterEntity.Ask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that fails in the middle: the queue restarts, its line does not, and nothing is lost or doubled. */
final class JournalFailureIT {
    private static final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("""
                    platen.persistence.journal.class = "io.platen.spooler.queue.FailingJournal"
                    platen.persistence.snapshot-store.class = "akka.persistence.snapshot.NoSnapshotStore"
                    """).withFallback(ConfigFactory.load()));
    private static final PrinterTransport transport = PrinterTransport.create(1);
    private static final PrinterId ID = new PrinterId("dock-1");

    @TempDir
    Path directory;

    private final StatusBoard board = new StatusBoard();
    private final TestProbe<Reply> caller = kit.createTestProbe();
    private final TestProbe<PrinterDirectory.Command> parent = kit.createTestProbe();
    private DocumentStore documents;
    private ActorRef<PrinterEntity.Command> entity;
    private QueueServices services;

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
        transport.close();
    }

    @BeforeEach
    void start() throws IOException {
        FailingJournal.clear();
        var space = new FreeSpace(directory, 0);
        documents = DocumentStore.open(
                directory, space, DocumentSettings.of(kit.system().settings().config()), Runnable::run);
        services = new QueueServices(
                SpoolerSettings.of(kit.system().settings().config()).queues(),
                board,
                documents,
                space,
                new ToldFiling(),
                ConnectionDefaults.of(kit.system().settings().config()),
                new PrinterServices(
                        transport,
                        PrinterNames.ofThisHost(InstantSource.system(), Duration.ofSeconds(30)),
                        InstantSource.system(),
                        10_000));
        entity = kit.spawn(PrinterEntity.create(ID, services, parent.getRef()));
    }

    @Test
    void endOfDeliveryThatCouldNotBeStoredIsStoredAfterTheRestart() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            printer.pause(true);
            ask(new Request.Configure(profile(printer.uri())));
            ask(new Request.Submit(ticket("one"), false));
            awaitState(1, JobState.PROCESSING);
            ask(new Request.Submit(ticket("two"), false));

            FailingJournal.failNextWrite();
            printer.pause(false);

            awaitState(1, JobState.COMPLETED);
            awaitState(2, JobState.COMPLETED);
            assertThat(job(1).attempts()).hasSize(1);
            assertThat(printer.received()).hasSize(2);
        }
    }

    @Test
    void requestThatCouldNotBeStoredIsRefusedAndQueueServesOn() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            ask(new Request.Configure(profile(printer.uri())));
            ask(new Request.Pause());

            FailingJournal.failNextWrite();
            entity.tell(new Ask(new Request.Submit(ticket("lost"), false), caller.getRef()));
            var refused = caller.receiveMessage(Duration.ofSeconds(20));
            assertThat(refused.<Refusal>fold(done -> null, Reply.Refused::why)).isEqualTo(Refusal.UNAVAILABLE);

            ask(new Request.Submit(ticket("kept"), false));
            ask(new Request.Resume());
            awaitState(1, JobState.COMPLETED);
            assertThat(printer.received()).hasSize(1);
        }
    }

    /** What the journal rejects is answered to whoever sent it; those whose requests shared the write get their jobs. */
    @Test
    void requestThatCannotBeStoredIsRefusedAlone() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            ask(new Request.Configure(profile(printer.uri())));
            ask(new Request.Pause());
            FailingJournal.rejectWhatSays("unstorable");
            var callers = new ArrayList<TestProbe<Reply>>();
            for (int i = 0; i < 20; i++) {
                TestProbe<Reply> one = kit.createTestProbe();
                callers.add(one);
                entity.tell(
                        new Ask(new Request.Submit(ticket(i == 7 ? "unstorable" : "job " + i), false), one.getRef()));
            }

            for (int i = 0; i < 20; i++) {
                Reply reply = callers.get(i).receiveMessage(Duration.ofSeconds(20));
                Refusal why = reply.fold(done -> null, Reply.Refused::why);
                assertThat(why).as("job " + i).isEqualTo(i == 7 ? Refusal.UNSTORABLE : null);
            }
            ask(new Request.Resume());
            awaitState(19, JobState.COMPLETED);
            assertThat(printer.received()).hasSize(19);
        }
    }

    /** A batch that waited out a failure in the queue's stash is done when its callers were refused long ago. */
    @Test
    void lateEndOfABatchIsNotTakenForTheEndOfTheNext() {
        TestProbe<PrintQueue.Command> queue = kit.createTestProbe();
        TestProbe<Reply> first = kit.createTestProbe();
        TestProbe<Reply> second = kit.createTestProbe();
        var alone = kit.spawn(PrinterEntity.create(
                ID,
                services,
                parent.getRef(),
                self -> Behaviors.receiveMessage(told -> {
                    queue.getRef().tell(told);
                    return Behaviors.same();
                })));
        var recovered = new PrinterEntity.QueueRecovered(Optional.empty());
        alone.tell(recovered);
        alone.tell(new Ask(new Request.Pause(), first.getRef()));
        long number = queue.expectMessageClass(PrintQueue.Batch.class).number();
        alone.tell(recovered);
        first.expectMessageClass(Reply.Refused.class);
        alone.tell(new Ask(new Request.Pause(), second.getRef()));
        queue.expectMessageClass(PrintQueue.Batch.class);

        alone.tell(new PrinterEntity.BatchDone(number));
        alone.tell(new Ask(new Request.Resume(), first.getRef()));
        alone.tell(recovered);

        second.expectMessageClass(Reply.Refused.class);
        assertThat(queue.expectMessageClass(PrintQueue.Batch.class).asks())
                .as("it waited for the batch before it")
                .hasSize(1);
        queue.expectNoMessage(Duration.ZERO);
    }

    private void ask(Request request) {
        entity.tell(new Ask(request, caller.getRef()));
        assertThat(caller.receiveMessage(Duration.ofSeconds(20))).isInstanceOf(Reply.Done.class);
    }

    private PrintJob job(int number) {
        return board.find(ID).orElseThrow().queue().jobs().find(number).orElseThrow();
    }

    private void awaitState(int number, JobState state) {
        caller.awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(job(number).state()).isEqualTo(state);
            return null;
        });
    }

    private JobTicket ticket(String text) {
        StoredDocument document = Source.single(ByteString.fromString("^XA^FD" + text + "^FS^XZ"))
                .runWith(documents.store(), kit.system())
                .toCompletableFuture()
                .join();
        return TicketFixture.of(text, document);
    }

    private static PrinterProfile profile(String uri) {
        return ProfileFixture.at(uri)
                .promising(DeliveryPromise.AT_MOST_ONCE)
                .backoff(Duration.ofMillis(20), Duration.ofMillis(200))
                .build();
    }
}
