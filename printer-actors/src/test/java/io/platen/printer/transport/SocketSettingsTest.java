package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options as the transcript shows them. */
final class SocketSettingsTest {

    @ParameterizedTest
    @CsvSource({"0, off", "1, 1 ms", "90000, 90000 ms"})
    void zeroUserTimeoutIsOff(long userTimeoutMillis, String shown) {
        var keepAlive = new KeepAlive(Duration.ofSeconds(5), Duration.ofSeconds(7), 3);
        var settings =
                new SocketSettings(Duration.ofSeconds(5), 131_072, keepAlive, Duration.ofMillis(userTimeoutMillis));

        assertThat(settings.text())
                .isEqualTo(
                        "TCP_NODELAY, SO_SNDBUF 131,072, keepalive after 5 s every 7 s x 3, TCP_USER_TIMEOUT " + shown);
    }
}
