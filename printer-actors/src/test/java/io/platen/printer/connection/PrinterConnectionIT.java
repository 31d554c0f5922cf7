package io.platen.printer.connection;

import static io.platen.printer.connection.ConnectionTester.LONG;
import static io.platen.printer.connection.ConnectionTester.failure;
import static io.platen.printer.connection.ConnectionTester.random;
import static io.platen.printer.connection.ConnectionTester.steps;
import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.ConnectionStatus;
import io.platen.printer.connection.ConnectionSignal.Probed;
import io.platen.printer.connection.PrinterConnection.Cancel;
import io.platen.printer.connection.PrinterConnection.Interrupt;
import io.platen.printer.connection.PrinterConnection.Probe;
import io.platen.printer.connection.PrinterConnection.Retire;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Phase;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.PrinterRack;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which one delivery can end that needs no more than sockets; {@code NetworkIT} has the others. */
final class PrinterConnectionIT {
    @RegisterExtension
    static final ConnectionKit kit = new ConnectionKit();

    private final ConnectionTester line = kit.tester();

    @AfterEach
    void disconnect() {
        line.close();
    }

    @Test
    void deliversByteForByte() throws Exception {
        byte[] job = random(3_000_000);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var delivered = (Delivered) line.connect(printer.uri()).deliver(job);

            assertThat(delivered.rung()).isEqualTo(Rung.CLOSED);
            assertThat(delivered.bytes().acknowledged()).isEqualTo(job.length);
            assertThat(printer.received().get(0).sha256()).isEqualTo(sha256(job));
            assertThat(steps(delivered.transcript()))
                    .startsWith("us resolved", "us options", "us syn", "printer connected", "us first-byte")
                    .containsSubsequence("us data", "us fin", "printer fin", "us close");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECT", "REJECT_AFTER_FIN"})
    void keepsPrintersLastWordsWhenItClosesWithDataUnread(Fault.Kind kind) {
        var fault = new Fault(kind, 1000, Fault.ALWAYS, "ERR:FORMAT unknown command\r\n");
        try (var fast = SimulatedPrinter.start(SimulatorSettings.healthy().with(fault));
                var slow = SimulatedPrinter.start(SimulatorSettings.healthy()
                        .with(fault)
                        .withReceiveBuffer(4096)
                        .atBytesPerSecond(50_000))) {
            line.connect(fast.uri());
            var other = kit.tester().connect(slow.uri());
            for (int trial = 0; trial < 200; trial++) {
                int size = new int[] {2_000, 20_000, 131_000, 2_000_000}[trial % 4];
                var failure = failure((trial % 8 < 4 ? line : other).deliver(random(size)));

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
            line.connect(printer.uri());
            for (int trial = 0; trial < 60; trial++) {
                var reset = failure(line.deliver(random(1_000_000)));
                assertThat(reset.cause()).as(reset.toString()).isEqualTo(Cause.CONNECTION_RESET);
            }
            var failure = failure(line.deliver(random(8_000_000)));

            assertThat(failure.cause()).isEqualTo(Cause.CONNECTION_RESET);
            assertThat(failure.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(failure.cause().wsa(failure.errno())).isEqualTo(10054);
            assertThat(failure.cause().loftware()).isEqualTo("M1556");
            assertThat(failure.tcp()).isNotNull();
            assertThat(failure.tcp().state()).isEqualTo("CLOSE");
            assertThat(steps(failure.transcript())).contains("printer rst");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 20_000, 60_000})
    void resetOfSmallJobThatKernelHadTakenIsNotDelivered(int size) {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(512, Fault.ALWAYS)))) {
            line.connect(printer.uri());
            for (int trial = 0; trial < 30; trial++) {
                var failure = failure(line.deliver(random(size)));

                assertThat(failure.cause()).isIn(Cause.RESET_AFTER_SEND, Cause.CONNECTION_RESET);
                assertThat(failure.errno()).isEqualTo(Errno.ECONNRESET);
            }
        }
    }

    @Test
    void resetAfterFourKilobytesIsNeverDelivered() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(4096, Fault.ALWAYS)))) {
            line.connect(printer.uri());
            for (int trial = 0; trial < 60; trial++) {
                assertThat(failure(line.deliver(random(trial % 2 == 0 ? 20_000 : 100_000)))
                                .cause())
                        .isIn(Cause.RESET_AFTER_SEND, Cause.CONNECTION_RESET);
            }
        }
    }

    /** Without a FIN before: an RST behind both FINs is seen by nobody but a packet capture. */
    @Test
    void closeWithDataUnreadIsNeverDelivered() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(512, "")))) {
            line.connect(printer.uri());
            for (int trial = 0; trial < 60; trial++) {
                var failure = failure(line.deliver(random(trial % 2 == 0 ? 20_000 : 131_000)));

                assertThat(failure.cause())
                        .as(failure.toString())
                        .isIn(Cause.RESET_AFTER_SEND, Cause.CONNECTION_RESET, Cause.CLOSED_EARLY);
            }
        }
    }

    /** It says that it is done, and takes nothing more: no RST blurs it. */
    @Test
    void finOfAPrinterThatTakesNothingMoreIsClosedEarly() throws Exception {
        try (var door = new ServerSocket()) {
            door.setReceiveBufferSize(4096);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            line.connect("socket://127.0.0.1:" + door.getLocalPort()).send(random(8_000_000));
            try (var connection = door.accept()) {
                connection.shutdownOutput();
                var failure = failure(line.end());

                assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.CLOSED_EARLY);
                assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
                assertThat(failure.confidence()).isEqualTo(Confidence.CERTAIN);
            }
        }
    }

    /** Nothing of it has left: the document goes back to the queue, which opens a line with the new settings. */
    @Test
    void changeOfSettingsEndsAnAttemptThatStillConnects() {
        line.leastPause = Duration.ofMinutes(1);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri()).send(random(100));
            line.tell(new Retire());

            assertThat(line.end()).isInstanceOf(Canceled.class);
            assertThat(printer.connections()).isZero();
        }
    }

    @Test
    void finBeforeTheEndIsClosedEarly() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.CLOSE_EARLY, 0)))) {
            var failure = failure(line.connect(printer.uri()).deliver(random(8_000_000)));

            assertThat(failure.cause()).isIn(Cause.CLOSED_EARLY, Cause.CONNECTION_RESET);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
        }
    }

    @Test
    void printerThatNeverClosesHasAcknowledgedAndIsWarnedAbout() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.NEVER_CLOSE, 0)))) {
            var delivered = (Delivered) line.connect(printer.uri()).deliver(random(1000));

            assertThat(delivered.rung()).isEqualTo(Rung.ACKNOWLEDGED);
            assertThat(delivered.warning()).isNotNull();
            assertThat(delivered.warning().cause()).isEqualTo(Cause.CLOSE_TIMEOUT);
            assertThat(delivered.warning().endedBy()).isEqualTo(EndedBy.PRINTER);
            assertThat(delivered.warning().tcp()).isNotNull();
            assertThat(delivered.warning().tcp().state()).isEqualTo("FIN_WAIT_2");
        }
    }

    /** It fits our send buffer, not the printer's small receive buffer: written is not delivered. */
    @Test
    void jobThatFitsSendBufferAndIsNeverReadIsNeverDelivered() {
        line.patience = Duration.ofSeconds(2);
        line.stall = Duration.ofMillis(500);
        var small = SimulatorSettings.healthy().withReceiveBuffer(4096);
        try (var printer = SimulatedPrinter.start(small.with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            var failure = failure(line.connect(printer.uri()).deliver(random(60_000)));

            assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.STALLED);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.PLATEN);
            assertThat(failure.bytes().written()).isEqualTo(60_000);
            assertThat(failure.bytes().acknowledged()).isLessThan(60_000);
            assertThat(failure.tcp()).isNotNull();
            assertThat(failure.tcp().timer()).isEqualTo("persist");
            assertThat(steps(failure.transcript())).containsSubsequence("printer stall", "us patience", "us rst");
        }
    }

    /** The line stays up however long it takes; here three times the stall timeout. */
    @ParameterizedTest
    @ValueSource(ints = {60_000, 600_000})
    void printerOutOfPaperIsStoppedAndFinishesWhenPaperIsBack(int size) {
        line.stall = Duration.ofMillis(400);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().withReceiveBuffer(4096))) {
            printer.outOfMedia(true);
            line.connect(printer.uri()).send(random(size));
            line.awaitStatus(status -> status.stalledSince() != null);
            printer.outOfMedia(false);

            var delivered = (Delivered) line.end();
            assertThat(delivered.rung()).isEqualTo(Rung.CLOSED);
            assertThat(printer.received().get(0).size()).isEqualTo(size);
            line.awaitStatus(status -> status.stalledSince() == null);
        }
    }

    @Test
    void refusedPortIsAwayAndComesBack() throws IOException {
        int port = freePort();
        line.connect("socket://127.0.0.1:" + port);

        var failure = failure(line.deliver(random(1000)));
        assertThat(failure.cause()).isEqualTo(Cause.CONNECTION_REFUSED);
        assertThat(failure.errno()).isEqualTo(Errno.ECONNREFUSED);
        assertThat(failure.bytes().anySent()).isFalse();
        assertThat(steps(failure.transcript())).endsWith("us syn", "printer rst");

        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().onPort(port))) {
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
            assertThat(printer.connections()).isEqualTo(1);
        }
    }

    /** It waits for one, and can be taken back meanwhile. */
    @Test
    void printerThatHasUsedUpThePortsWaitsForOne() {
        line.localPorts = 2;
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            assertThat(line.connect(printer.uri()).deliver(random(1000))).isInstanceOf(Delivered.class);
            line.statuses.clear();
            var waiting = line.send(random(1000));
            line.awaitStatus(status -> status.state() == ConnectionStatus.State.CONNECTING);
            line.tell(new Cancel(waiting));

            assertThat(line.end()).isInstanceOf(Canceled.class);
            assertThat(printer.connections()).isEqualTo(1);
        }
    }

    @Test
    void unknownHostIsNamed() {
        var failure = failure(line.connect("socket://no-such-host.invalid:9100").deliver(random(10)));

        assertThat(failure.cause()).isEqualTo(Cause.UNKNOWN_HOST);
        assertThat(failure.endedBy()).isEqualTo(EndedBy.THIS_HOST);
    }

    @Test
    void cancelAnswersWhilePrinterHangs() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            var id = line.connect(printer.uri()).send(random(20_000_000));
            line.tell(new Cancel(id));

            assertThat(line.end()).isInstanceOf(Canceled.class);
        }
    }

    @Test
    void interruptIsOursAndSaysHowFarItCame() {
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            line.connect(printer.uri()).send(random(20_000_000));
            line.owner().awaitAssert(LONG, () -> {
                assertThat(printer.connections()).isEqualTo(1);
                return null;
            });
            line.tell(new Interrupt());

            var result = line.end();
            if (result instanceof Canceled canceled) {
                assertThat(canceled.bytes().written()).isZero();
            } else {
                assertThat(failure(result).cause()).isEqualTo(Cause.INTERRUPTED);
                assertThat(failure(result).endedBy()).isEqualTo(EndedBy.PLATEN);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void zplPrinterThatReportsItsLabelsPrintedHasPrinted(ConnectionPolicy policy) {
        line.confirm = Rung.PRINTED;
        line.policy = policy;
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            for (int job = 0; job < 3; job++) {
                var delivered = (Delivered) line.deliver("^XA^FDone^FS^XZ".getBytes(StandardCharsets.US_ASCII));
                assertThat(delivered.rung()).isEqualTo(Rung.PRINTED);
                assertThat(delivered.lastWords()).isNull();
                assertThat(delivered.bytes().acknowledged()).isEqualTo(15);
                assertThat(steps(delivered.transcript())).containsSubsequence("us data", "us ask", "printer printed");
            }
            assertThat(printer.labels()).isEqualTo(3);
        }
    }

    /** It takes everything, answers nothing, and closes when its sender does. */
    @Test
    void printerThatDoesNotReportItsLabelsPrintedHasNotConfirmed() {
        line.confirm = Rung.PRINTED;
        line.confirmTimeout = Duration.ofMillis(300);
        try (var rack = PrinterRack.start(true)) {
            var failure = failure(line.connect(rack.uri()).deliver(random(1000)));

            assertThat(failure.cause()).isEqualTo(Cause.NOT_CONFIRMED);
            assertThat(failure.phase()).isEqualTo(Phase.CONFIRM);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.PRINTER);
            assertThat(failure.bytes().acknowledged()).isEqualTo(1000);
        }
    }

    /** Only the printer's close was awaited: the rung is reached, and an RST could take what it has not read. */
    @Test
    void interruptOfAJobThatIsTakenCompletesItAndClosesInOrder() {
        line.close = Duration.ofHours(1);
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.always(Fault.Kind.NEVER_CLOSE, 0)))) {
            line.connect(printer.uri()).send(random(1000));
            line.owner().awaitAssert(LONG, () -> {
                assertThat(printer.received()).hasSize(1);
                return null;
            });
            // The printer has all of it; that its ACKs were seen is a matter of the next sample.
            awaitSamples();
            line.tell(new Interrupt());

            var delivered = (Delivered) line.end();
            assertThat(delivered.rung()).isEqualTo(Rung.ACKNOWLEDGED);
            assertThat(delivered.warning()).isNotNull();
            assertThat(delivered.warning().cause()).isEqualTo(Cause.CLOSE_TIMEOUT);
            assertThat(printer.received().get(0).complete()).isTrue();
        }
    }

    /** The operator's own TCP_USER_TIMEOUT ends a printer that answers: that is no network fault. */
    @Test
    void userTimeoutOnAPrinterThatAnswersIsAStall() {
        line.userTimeout = Duration.ofSeconds(3);
        line.stall = Duration.ofSeconds(1);
        var small = SimulatorSettings.healthy().withReceiveBuffer(4096);
        try (var printer = SimulatedPrinter.start(small.with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            var failure = failure(line.connect(printer.uri()).deliver(random(200_000)));

            assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.STALLED);
        }
    }

    @Test
    void unreadableDocumentIsOursNotThePrinters() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            Source<ByteString, ?> broken = Source.single(ByteString.fromString("^XA"))
                    .concat(Source.failed(new IOException("checksum differs")));
            line.connect(printer.uri()).send(broken, 100);

            var failure = failure(line.end());
            assertThat(failure.cause()).isEqualTo(Cause.DOCUMENT_UNREADABLE);
            assertThat(failure.endedBy()).isEqualTo(EndedBy.THIS_HOST);
        }
    }

    @Test
    void slowPrinterIsNotAStall() {
        line.stall = Duration.ofMillis(500);
        line.patience = Duration.ofSeconds(2);
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().withReceiveBuffer(4096).atBytesPerSecond(200_000))) {
            assertThat(line.connect(printer.uri()).deliver(random(600_000))).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void statusQueryShowsPrinterHealthy() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri()).awaitReady();
            line.tell(new Probe());

            assertThat(line.expect(Probed.class).healthy()).isTrue();
        }
    }

    @Test
    void onNioWhatWasAcknowledgedIsKnownFromTheTableAndLastWordsAreKept() {
        try (var nio = PrinterTransport.createNio(1);
                var healthy = SimulatedPrinter.start(SimulatorSettings.healthy());
                var rejecting =
                        SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(1000, "ERR\r\n")))) {
            var delivered = (Delivered) kit.tester(nio).connect(healthy.uri()).deliver(random(500_000));
            assertThat(delivered.rung()).isEqualTo(Rung.CLOSED);
            assertThat(delivered.bytes().acknowledged()).isEqualTo(500_000);

            var rejected = kit.tester(nio).connect(rejecting.uri());
            for (int trial = 0; trial < 50; trial++) {
                var failure = failure(rejected.deliver(random(trial % 2 == 0 ? 20_000 : 2_000_000)));
                assertThat(failure.cause()).as(failure.toString()).isEqualTo(Cause.PRINTER_REJECTED);
            }
        }
    }

    @Test
    void onNioPrinterOutOfPaperIsNotMistakenForOneThatIsGone() {
        var small = SimulatorSettings.healthy().withReceiveBuffer(4096);
        try (var nio = PrinterTransport.createNio(1);
                var printer = SimulatedPrinter.start(small.with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            var tester = kit.tester(nio);
            tester.stall = Duration.ofMillis(300);
            tester.patience = Duration.ofSeconds(2);
            var failure = failure(tester.connect(printer.uri()).deliver(random(200_000)));

            assertThat(failure.cause()).isEqualTo(Cause.STALLED);
            assertThat(failure.tcp()).isNotNull();
            assertThat(failure.tcp().timer()).isEqualTo("persist");
        }
    }

    /** Long enough for every line to have been looked at. */
    private void awaitSamples() {
        long end = System.nanoTime() + Duration.ofMillis(1200).toNanos();
        line.owner().awaitAssert(LONG, () -> {
            assertThat(System.nanoTime()).isGreaterThan(end);
            return null;
        });
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
