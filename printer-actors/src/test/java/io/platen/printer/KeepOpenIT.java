package io.platen.printer;

import static io.platen.printer.LineTester.LONG;
import static io.platen.printer.LineTester.failure;
import static io.platen.printer.LineTester.random;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.platen.printer.LineStatus.State;
import io.platen.printer.PrinterConnection.Reopened;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.transport.PrinterTransport;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that stay open between jobs, and printers that don't keep to it. */
final class KeepOpenIT {
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
            printer.restart();

            assertThat(line.deliver(random(5000))).isInstanceOf(Delivered.class);
            assertThat(printer.connections()).isEqualTo(2);
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

    /** The success after failures restarts the actor; an RST then could take what the printer has not read. */
    @Test
    void lineThatProvesItselfIsClosedInOrder() throws IOException {
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
