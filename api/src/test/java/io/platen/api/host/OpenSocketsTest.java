package io.platen.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import io.platen.api.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** This process's sockets by their state, as Linux lists them. */
final class OpenSocketsTest {

    /** Sockets of other tests may still be closing: the counts are taken again until none has changed in between. */
    @Test
    @EnabledOnOs(value = LINUX, disabledReason = "Only Linux lists them in /proc")
    void socketsOfThisProcessAreCountedByTheirState() {
        var wanted = Map.of("listen", 1, "established", 2, "fin-wait-2", 1, "close-wait", 1);

        assertThat(Eventually.is(OpenSocketsTest::counted, wanted::equals)).isEqualTo(wanted);
    }

    private static Map<String, Integer> counted() throws IOException {
        Map<String, Integer> before = OpenSockets.byState();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                var accepted = server.accept()) {
            Map<String, Integer> open = OpenSockets.byState();
            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            Map<String, Integer> halfClosed = OpenSockets.byState();
            return Map.of(
                    "listen", more("listen", before, open),
                    "established", more("established", before, open),
                    "fin-wait-2", more("fin-wait-2", before, halfClosed),
                    "close-wait", more("close-wait", before, halfClosed));
        }
    }

    private static int more(String state, Map<String, Integer> before, Map<String, Integer> after) {
        return after.getOrDefault(state, 0) - before.getOrDefault(state, 0);
    }
}
