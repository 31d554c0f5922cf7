package io.platen.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** This process's sockets by their state, as Linux lists them. */
final class OpenSocketsTest {

    @Test
    @EnabledOnOs(value = LINUX, disabledReason = "Only Linux lists them in /proc")
    void socketsOfThisProcessAreCountedByTheirState() throws IOException {
        Map<String, Integer> before = OpenSockets.byState();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                var accepted = server.accept()) {
            Map<String, Integer> open = OpenSockets.byState();
            assertThat(more("listen", before, open)).isEqualTo(1);
            assertThat(more("established", before, open)).isEqualTo(2);

            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            Map<String, Integer> halfClosed = OpenSockets.byState();
            assertThat(more("fin-wait-2", before, halfClosed)).isEqualTo(1);
            assertThat(more("close-wait", before, halfClosed)).isEqualTo(1);
        }
    }

    private static int more(String state, Map<String, Integer> before, Map<String, Integer> after) {
        return after.getOrDefault(state, 0) - before.getOrDefault(state, 0);
    }
}
