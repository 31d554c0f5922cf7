package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import com.typesafe.config.ConfigFactory;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.document.DocumentSettings;
import io.platen.persistence.document.DocumentStore;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.PrinterServices;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import io.platen.spooler.SpoolerSettings;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.queue.PrinterEntity.Ask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Printers come, go, and fail: their actors with them. */
final class PrinterDirectoryIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("""
                    platen.persistence.journal.class = "io.platen.spooler.queue.FailingJournal"
                    platen.persistence.snapshot-store.class = "akka.persistence.snapshot.NoSnapshotStore"
                    """).withFallback(ConfigFactory.load()));
    private static final PrinterTransport transport = PrinterTransport.create(1);

    @TempDir
    Path data;

    private final StatusBoard board = new StatusBoard();
    private final TestProbe<Reply> caller = kit.createTestProbe();
    private ActorRef<PrinterDirectory.Command> directory;

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
        transport.close();
    }

    @BeforeEach
    void start() throws IOException {
        FailingJournal.clear();
        var config = kit.system().settings().config();
        var space = new FreeSpace(data, 0);
        var documents = DocumentStore.open(data, space, DocumentSettings.of(config), Runnable::run);
        var services = new QueueServices(
                SpoolerSettings.of(config).queues(),
                board,
                documents,
                space,
                new ToldFiling(),
                ConnectionDefaults.of(config),
                new PrinterServices(
                        transport,
                        PrinterNames.ofThisHost(InstantSource.system(), Duration.ofSeconds(30)),
                        InstantSource.system(),
                        10_000));
        directory = kit.spawn(PrinterDirectory.create(services, Set.of()));
    }

    @Test
    void removedPrinterLeavesNoActorsAndCanComeBack() {
        for (int i = 0; i < 20; i++) {
            var printer = new PrinterId("generated-" + i);
            ask(printer, new Request.Configure(QueueFixture.profile()));
            ask(printer, new Request.Remove(false));
            awaitActors(printer, false);
        }
        var again = new PrinterId("generated-3");
        ask(again, new Request.Configure(QueueFixture.profile()));
        assertThat(board.find(again)).isPresent();
        awaitActors(again, true);
        assertThat(board.find(again).orElseThrow().queue().events())
                .as("its history goes on")
                .isGreaterThan(2);
    }

    @Test
    void removedPrinterWithHistoryForgetsItInItsTime() {
        var printer = new PrinterId("forgotten");
        ask(printer, new Request.Configure(QueueFixture.profile()));
        ask(printer, new Request.Remove(false));
        awaitActors(printer, false);

        ask(printer, new Request.ExpireHistory(InstantSource.system().instant().plusSeconds(60)));
        awaitActors(printer, false);
    }

    /** Removed and made again at once, over and over: every request is answered, and the last word counts: it is connected. */
    @Test
    void quickRemovalsAndReturnsAllGetTheirAnswer() {
        var printer = new PrinterId("flapping");
        for (int i = 0; i < 100; i++) {
            tell(printer, new Request.Configure(QueueFixture.profile()));
            tell(printer, new Request.Remove(false));
        }
        tell(printer, new Request.Configure(QueueFixture.profile()));
        for (int i = 0; i < 201; i++) {
            caller.receiveMessage(LONG);
        }
        caller.awaitAssert(LONG, () -> {
            assertThat(board.find(printer)).isPresent();
            return null;
        });
        awaitActors(printer, true);
        awaitActors(printer.value() + "/connection-*", true);
    }

    /** Not only exceptions: whatever stops a printer's actors, they come back. */
    @Test
    void errorInAQueueRestartsThatPrinterAndNoOther() {
        var sick = new PrinterId("sick");
        var well = new PrinterId("well");
        ask(sick, new Request.Configure(QueueFixture.profile()));
        ask(well, new Request.Configure(QueueFixture.profile()));
        var thrown = new AtomicBoolean();
        board.listen((printer, state, events) -> {
            if (printer.equals(sick) && thrown.compareAndSet(false, true)) {
                throw new AssertionError("A bug, for the test");
            }
        });

        TestProbe<Reply> refused = kit.createTestProbe();
        directory.tell(new PrinterDirectory.Forward(sick, new Ask(new Request.Pause(), refused.getRef())));
        ask(well, new Request.Pause());
        caller.awaitAssert(LONG, () -> {
            assertThat(thrown).isTrue();
            return null;
        });

        // Its actors come back from the journal, and serve on.
        caller.awaitAssert(LONG, () -> {
            TestProbe<Reply> answered = kit.createTestProbe();
            directory.tell(new PrinterDirectory.Forward(sick, new Ask(new Request.Resume(), answered.getRef())));
            assertThat(answered.receiveMessage(Duration.ofSeconds(2))).isInstanceOf(Reply.Done.class);
            return null;
        });
    }

    private void tell(PrinterId printer, Request request) {
        directory.tell(new PrinterDirectory.Forward(printer, new Ask(request, caller.getRef())));
    }

    private void ask(PrinterId printer, Request request) {
        tell(printer, request);
        assertThat(caller.receiveMessage(LONG)).isInstanceOf(Reply.Done.class);
    }

    private void awaitActors(PrinterId printer, boolean there) {
        awaitActors(printer.value(), there);
    }

    private void awaitActors(String below, boolean there) {
        var selection =
                Adapter.toClassic(kit.system()).actorSelection(directory.path().toStringWithoutAddress() + "/" + below);
        caller.awaitAssert(LONG, () -> {
            var found = selection.resolveOne(Duration.ofMillis(200)).toCompletableFuture();
            assertThat(found.handle((ref, none) -> ref != null).join()).isEqualTo(there);
            return null;
        });
    }
}
