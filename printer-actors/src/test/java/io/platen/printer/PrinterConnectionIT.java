package io.platen.printer;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.PrinterConnection.Cancel;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.PrinterConnection.Deliver;
import io.platen.printer.PrinterConnection.Ended;
import io.platen.printer.PrinterConnection.Probe;
import io.platen.printer.PrinterConnection.Probed;
import io.platen.printer.PrinterConnection.Ready;
import io.platen.printer.PrinterConnection.Signal;
import io.platen.printer.PrinterConnection.StatusChanged;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterTransport;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which one delivery can end, on real sockets. */
final class PrinterConnectionIT {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final PrinterTransport transport = PrinterTransport.create(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestProbe<Signal> owner = kit.createTestProbe();
    private int attempts;

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
        transport.close();
    }

    @Test
    void deliversByteForByte() throws Exception {
        byte[] job = random(3_000_000);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var delivered = (Delivered) deliver(connection(printer.uri()), job);

            assertThat(delivered.rung()).isEqualTo(Rung.CLOSED);
            assertThat(delivered.bytes().acknowledged()).isEqualTo(job.length);
            assertThat(printer.received().get(0).sha256()).isEqualTo(sha256(job));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECT", "REJECT_AFTER_FIN"})
    void keepsPrintersLastWordsWhenItClosesWithDataUnread(Fault.Kind kind) {
        var fault = new Fault(kind, 1000, Fault.ALWAYS, "ERR:FORMAT unknown command\r\n");
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(fault))) {
            var connection = connection(printer.uri());
            for (int trial = 0; trial < 200; trial++) {
                int size = new int[] {2_000, 20_000, 131_000, 2_000_000}[trial % 4];
                var failure = failure(deliver(connection, random(size)));

                assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.PRINTER_REJECTED);
                assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
                assertThat(failure.confidence()).isEqualTo(Confidence.CERTAIN);
                assertThat(failure.lastWords()).isNotNull();
                assertThat(failure.lastWords().text()).startsWith("ERR:FORMAT unknown command");
            }
        }
    }

    @Test
    void resetInTheMiddleIsNotDelivered() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(4096, Fault.ALWAYS)))) {
            var connection = connection(printer.uri());
            for (int trial = 0; trial < 60; trial++) {
                var reset = failure(deliver(connection, random(1_000_000)));
                assertThat(reset.cause()).as(reset.toString()).isEqualTo(Cause.CONNECTION_RESET);
            }
            var failure = failure(deliver(connection, random(8_000_000)));

            assertThat(failure.cause()).isEqualTo(Cause.CONNECTION_RESET);
            assertThat(failure.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(failure.cause().wsa(failure.errno())).isEqualTo(10054);
            assertThat(failure.cause().loftware()).isEqualTo("M1556");
        }
    }

    @Test
    void resetOfSmallJobThatKernelHadTakenIsNotDelivered() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(512, Fault.ALWAYS)))) {
            var failure = failure(deliver(connection(printer.uri()), random(1024)));

            assertThat(failure.cause()).isIn(Cause.RESET_AFTER_SEND, Cause.CONNECTION_RESET);
        }
    }

    /** Without a FIN before: an RST behind both FINs is seen by nobody but a packet capture. */
    @Test
    void closeWithDataUnreadIsNeverDelivered() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(512, "")))) {
            var connection = connection(printer.uri());
            for (int trial = 0; trial < 60; trial++) {
                var failure = failure(deliver(connection, random(trial % 2 == 0 ? 20_000 : 131_000)));

                assertThat(failure.cause())
                        .as(failure.toString())
                        .isIn(Cause.RESET_AFTER_SEND, Cause.CONNECTION_RESET, Cause.CLOSED_EARLY);
            }
        }
    }

    @Test
    void finBeforeTheEndIsClosedEarly() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.CLOSE_EARLY, 0)))) {
            var failure = failure(deliver(connection(printer.uri()), random(8_000_000)));

            assertThat(failure.cause()).isIn(Cause.CLOSED_EARLY, Cause.CONNECTION_RESET);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
        }
    }

    @Test
    void printerThatNeverClosesHasAcknowledgedAndIsWarnedAbout() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.NEVER_CLOSE, 0)))) {
            var delivered = (Delivered) deliver(connection(printer.uri()), random(1000));

            assertThat(delivered.rung()).isEqualTo(Rung.ACKNOWLEDGED);
            assertThat(delivered.warning()).isNotNull();
            assertThat(delivered.warning().cause()).isEqualTo(Cause.CLOSE_TIMEOUT);
        }
    }

    @Test
    void refusedPortIsAwayAndComesBack() throws IOException {
        int port = freePort();
        var connection = connection("socket://127.0.0.1:" + port);

        var failure = failure(deliver(connection, random(1000)));
        assertThat(failure.cause()).isEqualTo(Cause.CONNECTION_REFUSED);
        assertThat(failure.bytes().anySent()).isFalse();

        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().onPort(port))) {
            assertThat(deliver(connection, random(1000))).isInstanceOf(Delivered.class);
            assertThat(printer.connections()).isEqualTo(1);
        }
    }

    @Test
    void unknownHostIsNamed() {
        var failure = failure(deliver(connection("socket://no-such-host.invalid:9100"), random(10)));

        assertThat(failure.cause()).isEqualTo(Cause.UNKNOWN_HOST);
        assertThat(failure.endedBy()).isEqualTo(EndedBy.THIS_HOST);
    }

    @Test
    void cancelAnswersWhilePrinterHangs() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            var connection = connection(printer.uri());
            expect(Ready.class);
            var id = new AttemptId(1, ++attempts);
            connection.tell(new Deliver(id, Source.single(ByteString.fromArray(random(20_000_000))), 20_000_000));
            connection.tell(new Cancel(id));

            assertThat(expect(Ended.class).result()).isInstanceOf(Canceled.class);
        }
    }

    @Test
    void unreadableDocumentIsOursNotThePrinters() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var connection = connection(printer.uri());
            expect(Ready.class);
            Source<ByteString, ?> broken = Source.single(ByteString.fromString("^XA"))
                    .concat(Source.failed(new IOException("checksum differs")));
            connection.tell(new Deliver(new AttemptId(1, 1), broken, 100));

            var failure = failure(expect(Ended.class).result());
            assertThat(failure.cause()).isEqualTo(Cause.DOCUMENT_UNREADABLE);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.THIS_HOST);
        }
    }

    @Test
    void slowPrinterIsNotAStall() {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().withReceiveBuffer(4096).atBytesPerSecond(200_000))) {
            assertThat(deliver(connection(printer.uri()), random(600_000))).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void statusQueryShowsPrinterHealthy() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var connection = connection(printer.uri());
            expect(Ready.class);
            connection.tell(new Probe());

            assertThat(expect(Probed.class).healthy()).isTrue();
        }
    }

    @Test
    void keptOpenConnectionServesManyJobs() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var connection = spawn(printer.uri(), ConnectionPolicy.KEEP_OPEN);
            for (int i = 0; i < 20; i++) {
                assertThat(deliver(connection, random(5000))).isInstanceOf(Delivered.class);
            }
            assertThat(printer.connections()).isEqualTo(1);
        }
    }

    @Test
    void staleKeptOpenConnectionIsReplacedWithoutTheJobNoticing() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var connection = spawn(printer.uri(), ConnectionPolicy.KEEP_OPEN);
            assertThat(deliver(connection, random(5000))).isInstanceOf(Delivered.class);
            printer.restart();

            assertThat(deliver(connection, random(5000))).isInstanceOf(Delivered.class);
            assertThat(printer.connections()).isEqualTo(2);
        }
    }

    /** The success after failures restarts the actor; an RST then could take what the printer has not read. */
    @Test
    void keptOpenLineThatProvesItselfIsClosedInOrder() throws IOException {
        int port = freePort();
        var connection = spawn("socket://127.0.0.1:" + port, ConnectionPolicy.KEEP_OPEN);
        failure(deliver(connection, random(1000)));
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().onPort(port).atBytesPerSecond(100_000))) {
            assertThat(deliver(connection, random(60_000))).isInstanceOf(Delivered.class);

            var received = owner.awaitAssert(LONG, () -> {
                assertThat(printer.received()).hasSize(1);
                return printer.received().get(0);
            });
            assertThat(received.size()).isEqualTo(60_000);
            assertThat(received.complete()).isTrue();
        }
    }

    @Test
    void onNioAnOrderlyCloseIsDeliveredAndLastWordsAreKept() {
        try (var nio = PrinterTransport.createNio(1);
                var healthy = SimulatedPrinter.start(SimulatorSettings.healthy());
                var rejecting =
                        SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(1000, "ERR\r\n")))) {
            var delivered = (Delivered) deliver(spawn(healthy.uri(), ConnectionPolicy.PER_JOB, nio), random(500_000));
            assertThat(delivered.rung()).isEqualTo(Rung.CLOSED);
            assertThat(delivered.bytes().acknowledged()).isNull();

            ready = false;
            var connection = spawn(rejecting.uri(), ConnectionPolicy.PER_JOB, nio);
            for (int trial = 0; trial < 50; trial++) {
                var failure = failure(deliver(connection, random(trial % 2 == 0 ? 20_000 : 2_000_000)));
                assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.PRINTER_REJECTED);
            }
        }
    }

    private ActorRef<Command> connection(String uri) {
        return spawn(uri, ConnectionPolicy.PER_JOB);
    }

    private ActorRef<Command> spawn(String uri, ConnectionPolicy policy) {
        return spawn(uri, policy, transport);
    }

    private ActorRef<Command> spawn(String uri, ConnectionPolicy policy, PrinterTransport through) {
        var settings = new ConnectionSettings(
                PrinterAddress.parse(uri),
                PrinterLanguage.ZPL,
                Rung.ACKNOWLEDGED,
                policy,
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                true,
                64 * 1024);
        var services = new PrinterServices(through, ForkJoinPool.commonPool(), InstantSource.system());
        return kit.spawn(PrinterConnection.create(settings, services, owner.getRef()::tell));
    }

    private boolean ready;

    /** Waits until the line is ready, gives it the job, waits for the end. */
    private DeliveryResult deliver(ActorRef<Command> connection, byte[] job) {
        if (!ready) {
            expect(Ready.class);
        }
        var id = new AttemptId(1, ++attempts);
        connection.tell(new Deliver(id, chunks(job), job.length));
        var ended = expect(Ended.class);
        assertThat(ended.attempt()).isEqualTo(id);
        ready = ended.ready();
        return ended.result();
    }

    private <S extends Signal> S expect(Class<S> wanted) {
        while (true) {
            var signal = owner.receiveMessage(LONG);
            if (!(signal instanceof StatusChanged)) {
                return wanted.cast(signal);
            }
        }
    }

    private static DeliveryFailure failure(DeliveryResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).failure();
    }

    private static Source<ByteString, ?> chunks(byte[] job) {
        UnaryOperator<Integer> next = at -> at + 65_536;
        return Source.fromJavaStream(() -> Stream.iterate(0, at -> at < job.length, next)
                .map(at -> ByteString.fromArray(job, at, Math.min(65_536, job.length - at))));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
