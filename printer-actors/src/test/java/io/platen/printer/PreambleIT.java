package io.platen.printer;

import static io.platen.printer.LineTester.random;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.printer.PrinterConnection.Deliver;
import io.platen.printer.PrinterConnection.Ended;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.transport.PrinterTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a printer says to the bytes that cancel an unfinished format is not about the document behind them. */
final class PreambleIT {
    private static final String CANCEL = "~JX^XZ";
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final PrinterTransport transport = PrinterTransport.create(1);
    private static final Brief AFTER_PART = new Brief(true, false, 0, false, Manners.UNKNOWN);

    private final LineTester line = new LineTester(kit, transport);

    /** What the printer does with its one connection. */
    private interface Conduct {
        void with(Socket connection) throws IOException;
    }

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
    void documentFollowsARefusedPreambleAndIsNotToBlame() throws Exception {
        var document = random(5000);
        var result = deliver(document, connection -> {
            read(connection, CANCEL.length());
            connection.getOutputStream().write("ERR:FORMAT\r\n".getBytes(US_ASCII));
            assertThat(connection.getInputStream().readAllBytes()).isEqualTo(document);
        });

        assertThat(result).isInstanceOfSatisfying(Delivered.class, delivered -> {
            assertThat(delivered.bytes().acknowledged()).isEqualTo(5000);
            assertThat(delivered.lastWords()).isNotNull();
        });
    }

    @Test
    void printerThatBreaksOffAtThePreambleHasSeenNoneOfTheDocument() throws Exception {
        var result = deliver(random(5000), connection -> {
            read(connection, CANCEL.length());
            connection.getOutputStream().write("ERR:FORMAT\r\n".getBytes(US_ASCII));
            connection.setSoLinger(true, 0);
        });

        assertThat(result).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure().cause()).isEqualTo(Cause.CONNECTION_RESET);
            assertThat(failed.failure().bytes().anySent()).isFalse();
            assertThat(failed.failure().speaksAgainstTheDocument()).isFalse();
        });
    }

    @Test
    void refusalOfTheDocumentBehindItIsOne() throws Exception {
        var result = deliver(random(5000), connection -> {
            read(connection, CANCEL.length() + 1000);
            connection.getOutputStream().write("ERR:FORMAT\r\n".getBytes(US_ASCII));
            connection.setSoLinger(true, 0);
        });

        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().isRefusal()).isTrue());
    }

    private DeliveryResult deliver(byte[] document, Conduct conduct) throws Exception {
        line.settle = Duration.ofSeconds(1);
        try (var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var printer = new Thread(
                    () -> {
                        try (var connection = door.accept()) {
                            conduct.with(connection);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    "preceded-printer");
            printer.start();
            line.connect("socket://127.0.0.1:" + door.getLocalPort()).awaitReady();
            line.tell(new Deliver(
                    new AttemptId(1, 1), Source.single(ByteString.fromArray(document)), document.length, AFTER_PART));
            var result = line.expect(Ended.class).result();
            printer.join();
            return result;
        }
    }

    private static void read(Socket connection, int bytes) throws IOException {
        byte[] read = connection.getInputStream().readNBytes(bytes);
        assertThat(new String(read, 0, CANCEL.length(), US_ASCII)).isEqualTo(CANCEL);
    }
}
