package io.platen.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class PrinterEndsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void countsWhatComesToAllPrintersAndClosesBehindTheSender() throws Exception {
        byte[] label = "^XA^FDJOB=3^FS^XZ".getBytes(StandardCharsets.US_ASCII);
        var jobs = new CopyOnWriteArrayList<Long>();
        try (var ends = new PrinterEnds(3)) {
            ends.tell((job, nanos) -> jobs.add(job));
            for (int port : ends.ports()) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.getOutputStream().write(label);
                    socket.shutdownOutput();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
            }
            assertThat(ends.awaitLabels(3, PATIENCE)).isTrue();
            assertThat(ends.awaitBytes(3L * label.length, PATIENCE)).isTrue();
            assertThat(ends.connections()).isEqualTo(3);
            assertThat(jobs).containsExactly(3L, 3L, 3L);
        }
    }

    @Test
    void saysWhenLabelsDoNotCome() throws Exception {
        try (var ends = new PrinterEnds(1)) {
            assertThat(ends.awaitLabels(1, Duration.ofMillis(1))).isFalse();
        }
    }
}
