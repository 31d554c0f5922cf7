package io.platen.printer.connection;

import static io.platen.printer.connection.ConnectionTester.LONG;
import static io.platen.printer.connection.ConnectionTester.failure;
import static io.platen.printer.connection.ConnectionTester.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.ConnectionStatus.State;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that stay open between jobs, and printers that don't keep to it. */
final class KeepOpenIT {
    @RegisterExtension
    static final ConnectionKit kit = new ConnectionKit();

    private final ConnectionTester line = kit.tester();

    @AfterEach
    void disconnect() {
        line.close();
    }

    @BeforeEach
    void keepOpen() {
        line.policy = ConnectionPolicy.KEEP_OPEN;
    }

    @Test
    void servesManyJobs() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            for (int i = 0; i < 20; i++) {
                assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
            }
            assertThat(printer.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void staleConnectionIsReplacedWithoutTheJobNoticing(boolean mayRepeat) {
        line.mayRepeat = mayRepeat;
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
            line.awaitConnections(printer, 1);
            printer.restart();

            assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
            line.awaitConnections(printer, 2);
        }
    }

    @Test
    void idleConnectionThatPrinterClosesIsClosedAtOnce() {
        var closing = new Fault(Fault.Kind.CLOSE_EARLY, 5000, Fault.ALWAYS, "");
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(closing))) {
            line.connect(printer.uri()).awaitReady();
            line.statuses.clear();
            assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);

            line.awaitStatus(status -> status.state() == State.CLOSED);
        }
    }

    @Test
    void idleConnectionIsClosedInOrderWhenItsTimeIsOver() {
        line.idle = Duration.ofMillis(100);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);

            var received = line.owner().awaitAssert(LONG, () -> {
                assertThat(printer.received()).hasSize(1);
                return printer.received().get(0);
            });
            assertThat(received.complete()).isTrue();
        }
    }

    /** The printer's kernel had taken all of it, its application has not. */
    @Test
    void resetSoonAfterTheJudgementReopensIt() {
        line.settle = Duration.ofSeconds(20);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            var judged = line.send(random(5000));
            assertThat(line.end()).isInstanceOf(Delivered.class);
            printer.restart();

            var reopened = line.expect(Reopened.class);
            assertThat(reopened.attempt()).isEqualTo(judged);
            assertThat(reopened.result().failure().cause()).isEqualTo(Cause.RESET_AFTER_SEND);
            assertThat(reopened.result().failure().endedBy()).isEqualTo(EndedBy.PRINTER);
        }
    }

    /**
     * It closes in order, perhaps with the format half read: what follows is preceded by what cancels it. When that is
     * refused, nobody knows what was meant, and the document goes alone.
     */
    @Test
    void documentBehindAnEarlyFinIsPrecededAndBehindARefusalGoesAlone() throws Exception {
        line.settle = Duration.ofSeconds(20);
        byte[] label = "^XA^FDlabel^FS^XZ".getBytes(StandardCharsets.US_ASCII);
        byte[] large = ("^XA^FD" + "x".repeat(700_000) + "^FS^XZ").getBytes(StandardCharsets.US_ASCII);
        var read = new LinkedBlockingQueue<String>();
        try (var door = new ServerSocket()) {
            door.setReceiveBufferSize(4096);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var printer = new Thread(() -> {
                try {
                    for (String answer : List.of("", "ERR:FORMAT\r\n", "")) {
                        try (Socket socket = door.accept()) {
                            var said = new StringBuilder();
                            // What it refuses it has not read to the end.
                            while (said.indexOf("^FS^XZ") < 0 && (answer.isEmpty() || said.length() < 20)) {
                                said.append((char) socket.getInputStream().read());
                            }
                            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                            read.add(said.toString());
                        }
                    }
                } catch (IOException e) {
                    read.add(e.toString());
                }
            });
            printer.start();
            line.connect("socket://127.0.0.1:" + door.getLocalPort());

            assertThat(line.deliverFormat(label)).isInstanceOf(Delivered.class);
            assertThat(read.poll(20, TimeUnit.SECONDS)).startsWith("^XA");
            line.awaitStatus(status -> status.state() == State.CLOSED && status.lastContact() != null);
            DeliveryFailure refused = failure(line.deliverFormat(large));
            assertThat(read.poll(20, TimeUnit.SECONDS)).startsWith("~JX^XZ^XA");
            assertThat(refused.cause()).isEqualTo(Cause.PRINTER_REJECTED);
            assertThat(refused.isRefusalOfTheDocument()).isFalse();
            assertThat(line.deliverFormat(label)).isInstanceOf(Delivered.class);
            assertThat(read.poll(20, TimeUnit.SECONDS)).startsWith("^XA");
        }
    }

    /** One reset says of none of the latest jobs that it was printed. */
    @Test
    void resetPutsEveryJobInDoubtThatWasJudgedJustBefore() {
        line.settle = Duration.ofSeconds(20);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            var judged = new ArrayList<AttemptId>();
            for (int i = 0; i < 3; i++) {
                judged.add(line.send(random(5000)));
                assertThat(line.end()).isInstanceOf(Delivered.class);
            }
            printer.restart();

            var reopened = new ArrayList<AttemptId>();
            for (int i = 0; i < 3; i++) {
                reopened.add(line.expect(Reopened.class).attempt());
            }
            assertThat(reopened).as("oldest first").isEqualTo(judged);
        }
    }

    @Test
    void resetLongAfterTheJudgementIsNoneOfItsBusiness() {
        line.settle = Duration.ZERO;
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
            printer.restart();

            // A Reopened would come before it.
            assertThat(line.deliver(random(4000))).isInstanceOf(Delivered.class);
        }
    }

    /**
     * An error reply on a connection that is used again is its own job's, whether it comes before the judgement
     * or soon after: none of these jobs stands as delivered.
     */
    @Test
    @SuppressWarnings("try") // Its end in the middle is what is tested.
    void rejectionOnAReusedConnectionIsTheJobsOwn() throws Exception {
        line.settle = Duration.ofSeconds(20);
        try (var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var printer = new Thread(() -> answerEveryJob(door, 5000, "ERR:FORMAT\r\n"), "answering-printer");
            printer.start();
            line.connect("socket://127.0.0.1:" + door.getLocalPort());
            for (int job = 0; job < 200; job++) {
                var result = line.deliver(random(5000));
                var failure = rejection(result);
                assertThat(failure.cause()).as("job %d: %s", job, failure).isEqualTo(Cause.PRINTER_REJECTED);
                assertThat(failure.lastWords()).isNotNull();
                assertThat(failure.lastWords().text()).startsWith("ERR:FORMAT");
            }
            door.close();
            line.close();
            printer.join();
        }
    }

    /** A reply and, right behind it, a reset, both for the second job on the connection: the reply is not lost. */
    @Test
    void rejectionWithAResetBehindItIsKept() throws Exception {
        line.settle = Duration.ofSeconds(20);
        for (int round = 0; round < 50; round++) {
            try (var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                var printer = new Thread(() -> takeOneAndRefuseTheNext(door, 5000), "refusing-printer");
                printer.start();
                line.connect("socket://127.0.0.1:" + door.getLocalPort());
                assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
                var result = line.deliver(random(5000));
                var failure = rejection(result);
                assertThat(failure.cause()).as("round %d: %s", round, failure).isEqualTo(Cause.PRINTER_REJECTED);
                assertThat(failure.lastWords()).isNotNull();
                line.close();
                printer.join();
            }
        }
    }

    /** Words that read like nothing, after the judgement, and a reset behind them: together they speak against the job. */
    @Test
    void wordsAndAResetAfterTheJudgementAreHeardBoth() throws Exception {
        line.settle = Duration.ofSeconds(20);
        for (int round = 0; round < 20; round++) {
            try (var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                var printer = new Thread(() -> takeAndReset(door, 5000, "Invalid command\r\n"), "resetting-printer");
                printer.start();
                line.connect("socket://127.0.0.1:" + door.getLocalPort());
                var result = line.deliver(random(5000));
                var failure = rejection(result);
                assertThat(failure.cause()).as("round %d: %s", round, failure).isEqualTo(Cause.PRINTER_REJECTED);
                assertThat(failure.lastWords()).isNotNull();
                line.close();
                printer.join();
            }
        }
    }

    /** Of a job that does not stand as delivered, whether that was said at once or soon after. */
    private DeliveryFailure rejection(DeliveryResult result) {
        return result instanceof Delivered
                ? line.expect(Reopened.class).result().failure()
                : failure(result);
    }

    private static void takeOneAndRefuseTheNext(ServerSocket door, int size) {
        takeAndReset(door, 2 * size, "ERR:FORMAT\r\n");
    }

    private static void takeAndReset(ServerSocket door, int size, String words) {
        try (Socket connection = door.accept()) {
            connection.getInputStream().readNBytes(size);
            connection.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            connection.setSoLinger(true, 0);
        } catch (IOException e) {
            // The connection is over.
        }
    }

    /** Reads jobs of one size on one connection after the other, and answers each. */
    private static void answerEveryJob(ServerSocket door, int size, String answer) {
        byte[] job = new byte[size];
        while (!door.isClosed()) {
            try (Socket connection = door.accept()) {
                while (connection.getInputStream().readNBytes(job, 0, size) == size) {
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The connection, or the test, is over.
            }
        }
    }

    /** The printer's own orderly close, however soon after a job, says nothing against the job. */
    @Test
    void finSoonAfterTheJudgementDoesNotReopenIt() {
        line.settle = Duration.ofSeconds(20);
        var closing = new Fault(Fault.Kind.CLOSE_EARLY, 5000, Fault.ALWAYS, "");
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(closing))) {
            line.connect(printer.uri()).awaitReady();
            for (int job = 0; job < 20; job++) {
                line.statuses.clear();
                // A Reopened instead of an Ended or a status fails it.
                assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
                line.awaitStatus(status -> status.state() == State.CLOSED);
            }
        }
    }

    @Test
    @SuppressWarnings("try") // Its end in the middle is what is tested.
    void ownEndOfTheProcessDoesNotReopenTheLastJob() {
        line.settle = Duration.ofSeconds(20);
        try (var own = PrinterTransport.create(1);
                var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var last = kit.tester(own);
            last.policy = ConnectionPolicy.KEEP_OPEN;
            last.settle = Duration.ofSeconds(20);
            last.connect(printer.uri());
            assertThat(last.deliver(random(5000))).isInstanceOf(Delivered.class);
            last.statuses.clear();
            own.close();

            last.awaitStatus(status -> status.state() == State.CLOSED);
        }
    }

    /** The first job after failures: its connection is kept, too, and closed in order in the end. */
    @Test
    void lineThatProvesItselfIsClosedInOrder() throws IOException {
        line.idle = Duration.ofMillis(100);
        int port = PrinterConnectionIT.freePort();
        line.connect("socket://127.0.0.1:" + port);
        failure(line.deliver(random(1000)));
        try (var printer =
                SimulatedPrinter.start(SimulatorSettings.healthy().onPort(port).atBytesPerSecond(100_000))) {
            assertThat(line.deliver(random(60_000))).isInstanceOf(Delivered.class);

            var received = line.owner().awaitAssert(LONG, () -> {
                assertThat(printer.received()).hasSize(1);
                return printer.received().get(0);
            });
            assertThat(received.size()).isEqualTo(60_000);
            assertThat(received.complete()).isTrue();
        }
    }
}
