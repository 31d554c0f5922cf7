package io.platen.printer.connection;

import static io.platen.printer.connection.ConnectionTester.LONG;
import static io.platen.printer.connection.ConnectionTester.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.simulator.PrinterRack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left in the kernel of connections whose printers never close. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/net/tcp")
final class LeakIT {
    @RegisterExtension
    static final ConnectionKit kit = new ConnectionKit();

    private static final int PRINTERS = 20;
    private static final int JOBS_EACH = 50;

    @Test
    void thousandJobsToPrintersThatNeverCloseLeaveNoSocket() {
        try (var rack = PrinterRack.start(false)) {
            var lines = Stream.generate(() -> kit.tester()).limit(PRINTERS).toList();
            for (ConnectionTester line : lines) {
                line.close = Duration.ofMillis(20);
                line.connect(rack.uri());
            }
            int most = 0;
            for (int job = 0; job < JOBS_EACH; job++) {
                lines.forEach(line -> line.send(random(2000)));
                for (ConnectionTester line : lines) {
                    var delivered = (Delivered) line.end();
                    assertThat(delivered.warning()).isNotNull();
                    assertThat(delivered.warning().cause()).isEqualTo(Cause.CLOSE_TIMEOUT);
                }
                most = Math.max(most, unfinished(rack.port()).size());
            }
            assertThat(rack.bytes()).isEqualTo(PRINTERS * JOBS_EACH * 2000L);
            // Each lingers for a second (TCP_LINGER2), not for the system's 60.
            assertThat(most).isLessThan(PRINTERS * JOBS_EACH * 3 / 4);
            lines.get(0).owner().awaitAssert(LONG, () -> {
                assertThat(unfinished(rack.port())).isEmpty();
                return null;
            });
            lines.forEach(ConnectionTester::close);
        }
    }

    /** Our ends of connections to this port in FIN_WAIT_1, FIN_WAIT_2 or CLOSE_WAIT. */
    private static List<String> unfinished(int port) {
        String remote = "0100007F:%04X ".formatted(port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> read(Path.of(table)).stream())
                .filter(row ->
                        row.contains(remote + "04") || row.contains(remote + "05") || row.contains(remote + "08"))
                .toList();
    }

    private static List<String> read(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }
}
