package io.platen.printer.connection;

import static io.platen.printer.connection.ConnectionTester.failure;
import static io.platen.printer.connection.ConnectionTester.random;
import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.AttemptId;
import io.platen.printer.Brief;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.ConnectionStatus.State;
import io.platen.printer.connection.ConnectionSignal.Ended;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.ConnectionSignal.Reported;
import io.platen.printer.connection.ConnectionSignal.StatusChanged;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.PrinterConnection.Interrupt;
import io.platen.printer.connection.PrinterConnection.Report;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lost line, a rejected job and a bug each do to the connection. */
final class SupervisionIT {
    @RegisterExtension
    static final ConnectionKit kit = new ConnectionKit();

    private final ConnectionTester line = kit.tester();

    @AfterEach
    void disconnect() {
        line.close();
    }

    @Test
    void resetRestartsAfterAPauseThatDoublesUpToItsCapAndIsSmallAgainAfterSuccess() {
        line.minBackoff = Duration.ofMillis(20);
        line.maxBackoff = Duration.ofMillis(80);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(100, 4)))) {
            line.connect(printer.uri());
            for (int i = 0; i < 4; i++) {
                assertThat(failure(line.deliver(random(20_000))).cause())
                        .isIn(Cause.CONNECTION_RESET, Cause.RESET_AFTER_SEND);
            }
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
            assertPauses(20, 40, 80, 80);

            line.statuses.clear();
            printer.refuse(true);
            failure(line.deliver(random(1000)));
            printer.refuse(false);
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
            assertPauses(20);
        }
    }

    /** Each announced pause is as long as this, and up to half of it longer. */
    private void assertPauses(int... millis) {
        var pauses = pauses();
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(millis.length);
        for (int i = 0; i < millis.length; i++) {
            assertThat(pauses.get(i)).as("pause " + i).isBetween(millis[i] - 1L, millis[i] * 3L / 2 + 1);
        }
    }

    private List<Long> pauses() {
        return line.statuses.stream()
                .map(StatusChanged::status)
                .filter(status -> status.state() == State.BACKING_OFF)
                .map(status ->
                        Duration.between(status.since(), status.nextAttemptAt()).toMillis())
                .toList();
    }

    @Test
    void rejectedJobResumesTheSameConnectionAtOnce() {
        var fault = new Fault(Fault.Kind.REJECT, 100, 1, "ERR\r\n");
        // A restart would wait for ever, and say Ready.
        line.minBackoff = Duration.ofHours(1);
        line.maxBackoff = Duration.ofHours(1);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(fault))) {
            line.connect(printer.uri());
            assertThat(failure(line.deliver(random(20_000))).cause()).isEqualTo(Cause.PRINTER_REJECTED);
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
            assertThat(line.statuses).noneMatch(status -> status.status().state() == State.BACKING_OFF);
        }
    }

    /** The restart that makes the pause small again waits for the next failure: success changes nothing. */
    @Test
    void successAfterFailuresGoesOnWithTheSameConnection() {
        line.policy = ConnectionPolicy.KEEP_OPEN;
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri());
            printer.refuse(true);
            failure(line.deliver(random(1000)));
            printer.refuse(false);
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
            assertThat(line.deliver(random(1000))).isInstanceOf(Delivered.class);
            assertThat(printer.connections()).isEqualTo(1);
        }
    }

    static Stream<Throwable> bugs() {
        return Stream.of(new IllegalStateException("A bug, for the test"), new AssertionError("A bug, for the test"));
    }

    /** Its owner throws at it, once, in the middle of its work. */
    @ParameterizedTest
    @MethodSource("bugs")
    void bugRestartsAfterAPauseAndLeavesNoSocket(Throwable bug) {
        var thrown = new AtomicBoolean();
        line.onSignal = signal -> {
            if (signal instanceof Ended && thrown.compareAndSet(false, true)) {
                throwAny(bug);
            }
        };
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            line.connect(printer.uri()).send(random(1000));
            line.expect(Ready.class);
            line.send(random(2000));

            assertThat(line.expect(Ended.class).result()).isInstanceOf(Delivered.class);
            assertThat(thrown).isTrue();
            line.awaitConnections(printer, 2);
        }
    }

    private static void throwAny(Throwable bug) {
        if (bug instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) bug;
    }

    /** A queue that was restarted asks how the line stands: one that pauses answers, and takes nothing. */
    @Test
    void lineThatPausesAnswersWhatItIsAsked() throws IOException {
        line.minBackoff = Duration.ofHours(1);
        line.maxBackoff = Duration.ofHours(1);
        line.connect("socket://127.0.0.1:" + freePort());
        failure(line.deliver(random(1000)));
        line.awaitStatus(status -> status.state() == State.BACKING_OFF);

        line.tell(new Report());
        var reported = line.expect(Reported.class);
        assertThat(reported.busyWith()).isNull();
        assertThat(reported.ready()).isFalse();
        assertThat(Objects.requireNonNull(reported.lastEnd()).result()).isInstanceOf(Failed.class);

        // One that was sent before its sender knew of the loss goes back.
        line.tell(new Deliver(new AttemptId(1, 7), PrintData.of(Source.<ByteString>empty()), 10, Brief.PLAIN));
        var ended = line.expect(Ended.class);
        assertThat(ended.attempt()).isEqualTo(new AttemptId(1, 7));
        assertThat(ended.result()).isInstanceOf(Canceled.class);
        assertThat(ended.ready()).isFalse();
    }

    /** Its listen queue is full, so that connecting takes until the interrupt comes. */
    @Test
    void interruptWhileItTriesToComeBackOpensNothing() throws IOException {
        line.connectTimeout = Duration.ofMillis(500);
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            line.connect("socket://127.0.0.1:" + full.getLocalPort());
            assertThat(failure(line.deliver(random(1000))).cause()).isEqualTo(Cause.CONNECT_TIMEOUT);
            line.awaitStatus(status -> status.state() == State.BACKING_OFF);
            line.statuses.clear();
            line.awaitStatus(status -> status.state() == State.CONNECTING);

            line.tell(new Interrupt());
            line.awaitStatus(status -> status.state() == State.CLOSED);
            line.tell(new Report());
            assertThat(line.expect(Reported.class).ready()).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
