package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.AttemptId;
import io.platen.printer.Brief;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.PrinterServices;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.ConnectionSignal.StatusChanged;
import io.platen.printer.connection.PrinterConnection.Command;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One printer's connection in a test: what its owner would do, one job after the other. */
final class ConnectionTester extends SettingsFixture implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);

    /** Hears every signal before the test does, on the connection's own thread. */
    Consumer<ConnectionSignal> onSignal = signal -> {};

    int localPorts = 10_000;

    final List<StatusChanged> statuses = new ArrayList<>();
    private final ActorTestKit kit;
    private final PrinterTransport transport;
    private final TestProbe<ConnectionSignal> owner;
    private @Nullable ActorRef<Command> connection;
    private boolean ready;
    private int attempts;

    ConnectionTester(ActorTestKit kit, PrinterTransport transport) {
        this.kit = kit;
        this.transport = transport;
        this.owner = kit.createTestProbe();
    }

    ConnectionTester connect(String uri) {
        ConnectionSettings settings = settings(uri);
        var services = new PrinterServices(
                transport,
                PrinterNames.ofThisHost(InstantSource.system(), Duration.ofSeconds(30)),
                InstantSource.system(),
                localPorts);
        connection = kit.spawn(PrinterConnection.create(settings, services, signal -> {
            onSignal.accept(signal);
            owner.getRef().tell(signal);
        }));
        ready = false;
        return this;
    }

    /** Stops it: one that backs off would go on for ever. */
    @Override
    public void close() {
        if (connection != null) {
            kit.stop(connection);
            connection = null;
        }
    }

    void tell(Command command) {
        Objects.requireNonNull(connection).tell(command);
    }

    TestProbe<ConnectionSignal> owner() {
        return owner;
    }

    /** Waits until the line is ready, gives it the job, waits for the end. */
    DeliveryResult deliver(byte[] job) {
        send(job);
        return end();
    }

    AttemptId send(byte[] job) {
        return send(chunks(job), job.length);
    }

    AttemptId send(Source<ByteString, ?> document, long size) {
        awaitReady();
        var id = new AttemptId(1, ++attempts);
        tell(new Deliver(id, PrintData.of(document), size, Brief.PLAIN));
        return id;
    }

    /** Of a document with a format, of which a printer could hold a part. */
    DeliveryResult deliverFormat(byte[] job) {
        awaitReady();
        tell(new Deliver(
                new AttemptId(1, ++attempts),
                PrintData.of(chunks(job)),
                job.length,
                new Brief(false, false, true, 0, false, Manners.UNKNOWN)));
        return end();
    }

    void awaitReady() {
        if (!ready) {
            expect(Ready.class);
            ready = true;
        }
    }

    /** The printer's kernel may acknowledge a job before the printer has accepted the connection. */
    void awaitConnections(SimulatedPrinter printer, int wanted) {
        owner.awaitAssert(LONG, () -> {
            assertThat(printer.connections()).isEqualTo(wanted);
            return null;
        });
    }

    DeliveryResult end() {
        return end(LONG);
    }

    DeliveryResult end(Duration patience) {
        var ended = expect(Ended.class, patience);
        assertThat(ended.attempt().number()).isEqualTo(attempts);
        ready = ended.ready();
        return ended.result();
    }

    /** The next signal but for changes of status, which are kept aside. */
    <S extends ConnectionSignal> S expect(Class<S> wanted) {
        return expect(wanted, LONG);
    }

    <S extends ConnectionSignal> S expect(Class<S> wanted, Duration patience) {
        while (true) {
            var signal = owner.receiveMessage(patience);
            if (signal instanceof StatusChanged status) {
                statuses.add(status);
            } else {
                return wanted.cast(signal);
            }
        }
    }

    /** Waits until the line's state is such. What else its owner hears meanwhile is for later. */
    ConnectionStatus awaitStatus(Predicate<ConnectionStatus> wanted) {
        while (true) {
            for (StatusChanged seen : statuses) {
                if (wanted.test(seen.status())) {
                    return seen.status();
                }
            }
            statuses.add((StatusChanged) owner.receiveMessage(LONG));
        }
    }

    static DeliveryFailure failure(DeliveryResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).failure();
    }

    /** {@code us fin, printer rst}: the transcript without times and notes. */
    static List<String> steps(List<TranscriptEntry> transcript) {
        return transcript.stream()
                .map(entry -> entry.side().keyword() + " " + entry.event())
                .toList();
    }

    private static Source<ByteString, ?> chunks(byte[] job) {
        UnaryOperator<Integer> next = at -> at + 65_536;
        return Source.fromJavaStream(() -> Stream.iterate(0, at -> at < job.length, next)
                .map(at -> ByteString.fromArray(job, at, Math.min(65_536, job.length - at))));
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
