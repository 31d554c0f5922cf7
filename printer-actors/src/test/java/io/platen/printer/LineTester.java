package io.platen.printer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.PrinterConnection.Deliver;
import io.platen.printer.PrinterConnection.Ended;
import io.platen.printer.PrinterConnection.Ready;
import io.platen.printer.PrinterConnection.Signal;
import io.platen.printer.PrinterConnection.StatusChanged;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPatterns;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.transport.KeepAlive;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import io.platen.printer.transport.SocketSettings;
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
final class LineTester implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);

    /** What the connection is made with; change it before {@link #connect}. */
    ConnectionPolicy policy = ConnectionPolicy.PER_JOB;

    Rung confirm = Rung.ACKNOWLEDGED;
    Duration confirmTimeout = Duration.ofSeconds(20);
    boolean mayRepeat = true;
    Duration connectTimeout = Duration.ofSeconds(2);
    Duration stall = Duration.ofSeconds(5);
    Duration patience = Duration.ZERO;
    Duration close = Duration.ofMillis(500);
    Duration settle = Duration.ZERO;
    Duration idle = Duration.ofSeconds(30);
    Duration hold = Duration.ofMillis(10);
    Duration leastPause = Duration.ZERO;
    Duration minBackoff = Duration.ofMillis(20);
    Duration maxBackoff = Duration.ofMillis(100);

    /** Hears every signal before the test does, on the connection's own thread. */
    Consumer<Signal> onSignal = signal -> {};

    int localPorts = 10_000;
    Duration userTimeout = Duration.ZERO;
    int sendBufferBytes = 64 * 1024;
    KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(5), Duration.ofSeconds(5), 3);

    final List<StatusChanged> statuses = new ArrayList<>();
    private final ActorTestKit kit;
    private final PrinterTransport transport;
    private final TestProbe<Signal> owner;
    private @Nullable ActorRef<Command> connection;
    private boolean ready;
    private int attempts;

    LineTester(ActorTestKit kit, PrinterTransport transport) {
        this.kit = kit;
        this.transport = transport;
        this.owner = kit.createTestProbe();
    }

    LineTester connect(String uri) {
        var settings = new ConnectionSettings(
                PrinterAddress.parse(uri),
                PrinterLanguage.ZPL,
                confirm,
                policy,
                ReplyPatterns.NONE,
                stall,
                patience,
                close,
                settle,
                confirmTimeout,
                idle,
                hold,
                leastPause,
                new Backoff(minBackoff, maxBackoff),
                mayRepeat,
                new SocketSettings(connectTimeout, sendBufferBytes, keepAlive, userTimeout));
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

    TestProbe<Signal> owner() {
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
        tell(new Deliver(id, document, size));
        return id;
    }

    /** Of a document with a format, of which a printer could hold a part. */
    DeliveryResult deliverFormat(byte[] job) {
        awaitReady();
        tell(new Deliver(
                new AttemptId(1, ++attempts),
                chunks(job),
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
    <S extends Signal> S expect(Class<S> wanted) {
        return expect(wanted, LONG);
    }

    <S extends Signal> S expect(Class<S> wanted, Duration patience) {
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
    LineStatus awaitStatus(Predicate<LineStatus> wanted) {
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
