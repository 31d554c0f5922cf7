package io.platen.printer;

import static io.platen.printer.LineTester.failure;
import static io.platen.printer.LineTester.random;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.platen.printer.LineStatus.State;
import io.platen.printer.PrinterConnection.Ended;
import io.platen.printer.PrinterConnection.Ready;
import io.platen.printer.PrinterConnection.StatusChanged;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lost line, a rejected job and a bug each do to the connection. */
final class SupervisionIT {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final PrinterTransport transport = PrinterTransport.create(1);

    private final LineTester line = new LineTester(kit, transport);

    @AfterEach
    void disconnect() {
        line.close();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
        transport.close();
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

    /** Its owner throws at it, once, in the middle of its work. */
    @Test
    void bugRestartsAfterAPauseAndLeavesNoSocket() {
        var thrown = new AtomicBoolean();
        line.onSignal = signal -> {
            if (signal instanceof Ended && thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("A bug, for the test");
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
}
