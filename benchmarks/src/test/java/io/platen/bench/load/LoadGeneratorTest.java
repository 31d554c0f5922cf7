package io.platen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {
    private static final byte[] HEAD = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL = Job.label(200);

    /** Answers every request of one client; the first one after a while. */
    private static final class SlowAtFirst implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final String status;
        private final long firstMillis;

        SlowAtFirst(String status, long firstMillis) throws IOException {
            this.status = status;
            this.firstMillis = firstMillis;
            var thread = new Thread(this::run, "slow-at-first");
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try (Socket client = server.accept()) {
                client.setTcpNoDelay(true);
                byte[] answer =
                        ("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII);
                // Nobody counts down: the latch is a clock.
                var clock = new CountDownLatch(1);
                long millis = firstMillis;
                while (client.getInputStream().readNBytes(HEAD.length + LABEL.length).length > 0) {
                    assertThat(clock.await(millis, TimeUnit.MILLISECONDS)).isFalse();
                    millis = 0;
                    client.getOutputStream().write(answer);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        LoadGenerator generator() {
            var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            var protocol = new Protocol(address, List.of(Job.of(HEAD, LABEL)), (code, start) -> code == 201);
            return new LoadGenerator(protocol);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    void closedLoopWaitsForEachAnswer() throws Exception {
        try (var server = new SlowAtFirst("201 Created", 300)) {
            Load load = server.generator().run(Pace.closed(1, Duration.ofMillis(100)));
            assertThat(load.accepted()).isEqualTo(1);
            assertThat(load.millis(100)).isGreaterThanOrEqualTo(299);
        }
    }

    /** Jobs that were due while the server hung count with their wait, though they were sent later. */
    @Test
    void openLoopCountsFromWhenJobsWereDue() throws Exception {
        try (var server = new SlowAtFirst("201 Created", 400)) {
            Load load = server.generator().run(Pace.open(1, Duration.ofMillis(600), 100));
            assertThat(load.accepted()).isBetween(40L, 61L);
            assertThat(load.nanos().getCountBetweenValues(100_000_000, 10_000_000_000L))
                    .isGreaterThanOrEqualTo(25);
        }
    }

    @Test
    void submitsNothingWithoutRoom() throws Exception {
        try (var server = new SlowAtFirst("201 Created", 0)) {
            LoadGenerator generator = server.generator();
            generator.run(Pace.closed(1, Duration.ofMillis(100)).within(() -> 5 - generator.accepted()));
            assertThat(generator.accepted()).isEqualTo(5);
        }
    }

    @Test
    void failsWithTheAnswerWhenAllIsRefused() throws Exception {
        try (var server = new SlowAtFirst("507 Insufficient Storage", 0)) {
            assertThatThrownBy(() -> server.generator().run(Pace.closed(1, Duration.ofMillis(50))))
                    .hasMessageContaining("507 Insufficient Storage");
        }
    }
}
