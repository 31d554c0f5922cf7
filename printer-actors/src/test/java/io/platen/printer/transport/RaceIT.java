package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** All addresses of a name are tried within one attempt, on real sockets. */
final class RaceIT {
    private static final PrinterTransport transport = PrinterTransport.create(2);
    private static final SocketSettings SETTINGS = new SocketSettings(
            Duration.ofSeconds(5),
            64 * 1024,
            new KeepAlive(Duration.ofSeconds(5), Duration.ofSeconds(5), 3),
            Duration.ZERO);

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @AfterAll
    static void stop() {
        transport.close();
    }

    @Test
    void addressThatRefusesIsFollowedByTheNext() throws Exception {
        try (var printer = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"))) {
            int port = printer.getLocalPort();
            race(Duration.ofSeconds(10), at("127.0.0.1", port), at("127.0.0.2", port));

            assertThat(next()).isEqualTo("trying 127.0.0.1");
            assertThat(next()).isEqualTo("failed 127.0.0.1");
            assertThat(next()).isEqualTo("trying 127.0.0.2");
            assertThat(next()).isInstanceOfSatisfying(Line.class, line -> {
                assertThat(line.remote().orElseThrow().getAddress().getHostAddress())
                        .isEqualTo("127.0.0.2");
                line.close();
            });
        }
    }

    /** Its connection request is dropped: the listen queue is full, as behind a firewall that drops. */
    @Test
    void addressThatDoesNotAnswerIsOvertakenByTheNext() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort());
                var printer = new ServerSocket(full.getLocalPort(), 5, InetAddress.getByName("127.0.0.4"))) {
            int port = printer.getLocalPort();
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            race(Duration.ofSeconds(10), at("127.0.0.3", port), at("127.0.0.4", port));

            assertThat(next()).isEqualTo("trying 127.0.0.3");
            assertThat(next()).isEqualTo("trying 127.0.0.4");
            assertThat(next()).isInstanceOfSatisfying(Line.class, line -> {
                assertThat(line.remote().orElseThrow().getAddress().getHostAddress())
                        .isEqualTo("127.0.0.4");
                line.close();
            });
        }
    }

    @Test
    void failureThatSaysMostIsTold() throws Exception {
        int port = freePort();
        race(Duration.ofSeconds(10), at("127.0.0.1", port), at("127.0.0.2", port));

        assertThat(List.of(next(), next(), next(), next()))
                .containsExactly("trying 127.0.0.1", "failed 127.0.0.1", "trying 127.0.0.2", "failed 127.0.0.2");
        assertThat(next()).isInstanceOf(ConnectException.class);
    }

    @Test
    void allOfItEndsInTime() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            race(Duration.ofMillis(300), at("127.0.0.3", full.getLocalPort()));

            assertThat(next()).isEqualTo("trying 127.0.0.3");
            assertThat(next()).isInstanceOf(ConnectTimeoutException.class);
        }
    }

    /** Its owner may be stopped while the news is on its way: then nobody else closes it. */
    @Test
    void cancelClosesTheWinnerThatNobodyUses() throws Exception {
        try (var printer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Race race = race(
                    Duration.ofSeconds(10), new InetSocketAddress(printer.getInetAddress(), printer.getLocalPort()));
            try (var accepted = printer.accept()) {
                accepted.setSoTimeout(10_000);
                assertThat(next()).isEqualTo("trying 127.0.0.1");
                assertThat(next()).isInstanceOf(Line.class);

                race.cancel();
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** What happens on a line between its SYN and its owner's first look is not lost. */
    @Test
    void wordsAndResetRightAfterAcceptAreHeard() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (var printer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                race(Duration.ofSeconds(10), new InetSocketAddress(printer.getInetAddress(), printer.getLocalPort()));
                try (var accepted = printer.accept()) {
                    accepted.setSoLinger(true, 0);
                }
                assertThat(next()).isEqualTo("trying 127.0.0.1");
                Object second = next();
                if (second.equals("failed 127.0.0.1")) {
                    // The RST was there before the connection was seen to stand.
                    assertThat(next()).isInstanceOf(IOException.class);
                } else {
                    assertThat(second).as("round " + round).isInstanceOf(Line.class);
                    assertThat(next()).as("round " + round).isEqualTo("broken");
                }
            }
        }
    }

    private Race race(Duration within, InetSocketAddress... addresses) {
        heard.clear();
        return Race.start(
                transport,
                List.of(addresses),
                SETTINGS,
                within,
                new Race.Listener() {
                    @Override
                    public void trying(InetSocketAddress address) {
                        heard.add("trying " + address.getAddress().getHostAddress());
                    }

                    @Override
                    public void failed(InetSocketAddress address, Throwable cause) {
                        heard.add("failed " + address.getAddress().getHostAddress());
                    }

                    @Override
                    public void connected(Line line) {
                        heard.add(line);
                    }

                    @Override
                    public void lost(Throwable cause) {
                        heard.add(cause);
                    }
                },
                new LineListener() {
                    @Override
                    public void connected() {}

                    @Override
                    public void connectFailed(Throwable cause) {}

                    @Override
                    public void replied(ByteString bytes) {
                        heard.add("replied");
                    }

                    @Override
                    public void peerFinished() {
                        heard.add("finished");
                    }

                    @Override
                    public void broken(Throwable cause) {
                        heard.add("broken");
                    }
                });
    }

    private Object next() throws InterruptedException {
        Object event = heard.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static InetSocketAddress at(String host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
