package io.platen.printer.connection;

import akka.util.ByteString;
import io.platen.printer.AttemptId;
import io.platen.printer.Brief;
import io.platen.printer.PrinterServices;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionSignal.StatusChanged;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.PrinterTransport;
import io.platen.printer.transport.TcpInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What one phase of a connection needs, with a clock that the test moves and a printer that the test plays. */
final class PhaseFixture extends SettingsFixture implements AutoCloseable {
    static final String URI = "socket://127.0.0.1:9100";
    /** A ZPL printer's answer to ~HS: nothing is wrong, and nothing is left to print. */
    static final String ALL_IS_WELL =
            "\u0002030,0,0,1245,000,0,0,0,000,0,0,0\u0003\r\n\u0002000,0,0,0,0,2,4,0,00000000,1,000\u0003\r\n\u00021234,0\u0003\r\n";

    static final byte[] DOCUMENT = "^XA^FO20,20^FDtest^FS^XZ".getBytes(StandardCharsets.US_ASCII);

    final FakeLine line = new FakeLine(1, 0);
    final List<ConnectionSignal> signals = new ArrayList<>();
    private @Nullable PrinterTransport transport;
    private long nanos = 5_000_000_000L;

    PhaseContext context() {
        transport = PrinterTransport.create(1);
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        var settings = settings(URI);
        var services =
                new PrinterServices(transport, PrinterNames.ofThisHost(clock, Duration.ofSeconds(30)), clock, 10_000);
        var memory = new ConnectionMemory(10_000, Duration.ZERO, nanos);
        return new PhaseContext(
                settings,
                services,
                memory,
                new LateVerdict(settings, clock),
                new ShownStatus(memory, clock, this::nanos, signals::add),
                signals::add,
                () -> LoggerFactory.getLogger(PhaseFixture.class),
                this::nanos);
    }

    long nanos() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    static Deliver delivery() {
        return new Deliver(
                new AttemptId(7, 1), PrintData.of(ByteString.fromArray(DOCUMENT)), DOCUMENT.length, Brief.PLAIN);
    }

    /** Of a document that has formats, of which a part may be left. */
    static Deliver ofFormats() {
        return new Deliver(
                new AttemptId(7, 1),
                PrintData.of(ByteString.fromArray(DOCUMENT)),
                DOCUMENT.length,
                new Brief(false, false, true, 0, false, Manners.UNKNOWN));
    }

    /** The kernel says that so many bytes are acknowledged, and that nothing is wrong. */
    Sampled acknowledges(long bytes) {
        return sampled(info("ESTABLISHED", bytes, 0, 0));
    }

    Sampled sampled(TcpInfo info) {
        return new Sampled(line.number(), Optional.of(info), nanos);
    }

    static TcpInfo info(String state, long acknowledged, long sinceLastAckMillis, int error) {
        return new TcpInfo(
                state,
                TcpInfo.Timer.NONE,
                0,
                0,
                OptionalLong.of(sinceLastAckMillis),
                OptionalLong.of(0),
                acknowledged,
                OptionalLong.of(0),
                OptionalLong.of(65_535),
                error);
    }

    Words words(String said) {
        return line.heard(ByteString.fromString(said));
    }

    /** The signals but for changes of status. */
    List<ConnectionSignal> told() {
        return signals.stream()
                .filter(signal -> !(signal instanceof StatusChanged))
                .toList();
    }

    @Override
    public void close() {
        if (transport != null) {
            transport.close();
        }
    }
}
