package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.util.ByteString;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A line over a real socket, with the test as its printer. */
final class LineIT {
    private static final ByteString LABEL = ByteString.fromString("^XA^FDtest^FS^XZ");
    private static final SocketSettings SETTINGS = new SocketSettings(
            Duration.ofSeconds(5),
            64 * 1024,
            new KeepAlive(Duration.ofSeconds(5), Duration.ofSeconds(5), 3),
            Duration.ZERO);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private PrinterTransport transport;
    private ServerSocket listening;
    private Socket printer;
    private Line line;

    @BeforeEach
    void connect() throws Exception {
        assumeTrue(Epoll.isAvailable(), "Only epoll lets the kernel be asked right after an event");
        transport = PrinterTransport.create(1);
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        line = Objects.requireNonNull(transport.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort()),
                SETTINGS,
                new Hearing()));
        printer = listening.accept();
        await("connected");
    }

    @AfterEach
    void close() throws IOException {
        if (transport != null) {
            transport.close();
            printer.close();
            listening.close();
        }
    }

    @Test
    void theKernelWasAskedWhenTheConnectionStoodAndWhenThePrinterFinished() throws Exception {
        assertThat(line.lastLook())
                .hasValueSatisfying(
                        look -> assertThat(look.info().isEstablished()).isTrue());
        assertThat(line.lastLook()).as("a look is taken once").isEmpty();

        printer.shutdownOutput();
        await("fin");
        assertThat(line.lastLook())
                .hasValueSatisfying(look -> assertThat(look.info().state()).isEqualTo("CLOSE_WAIT"));
    }

    @Test
    void aWriteEndsWithALookAndTheAckIsWaitedFor() throws Exception {
        done(line.write(LABEL));

        assertThat(line.written()).isEqualTo(LABEL.size());
        assertThat(line.lastLook()).isPresent();
        assertThat(printer.getInputStream().readNBytes(LABEL.size())).isEqualTo(LABEL.toArray());
        Optional<TcpInfo> info = done(line.tcpInfoOnceAcknowledged());
        assertThat(info).hasValueSatisfying(told -> {
            assertThat(told.isOwed()).isFalse();
            assertThat(told.bytesAcknowledged()).isGreaterThanOrEqualTo(LABEL.size());
        });
    }

    @Test
    void aLookDoesNotOutliveThePrintersWords() throws Exception {
        printer.getOutputStream().write('!');
        await("!");

        assertThat(line.lastLook()).isEmpty();
    }

    @Test
    void aResetIsHeardAlthoughTheKernelWasAskedBefore() throws Exception {
        done(line.write(LABEL));
        printer.setSoLinger(true, 0);
        printer.close();

        await("broken");
        Throwable failure = catchThrowable(() -> done(line.write(LABEL)));
        assertThat(failure).hasCauseInstanceOf(Line.LineBrokenException.class);
    }

    private void await(String event) throws InterruptedException {
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private final class Hearing implements LineListener {
        @Override
        public void connected() {
            heard.add("connected");
        }

        @Override
        public void connectFailed(Throwable cause) {
            heard.add("failed");
        }

        @Override
        public void replied(ByteString bytes) {
            heard.add(bytes.utf8String());
        }

        @Override
        public void peerFinished() {
            heard.add("fin");
        }

        @Override
        public void broken(Throwable cause) {
            heard.add("broken");
        }
    }
}
