package io.platen.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting has a range, and nonsense is refused with the key and that range. */
final class ConnectionDefaultsTest {

    @Test
    void defaultsAreWithinTheirRanges() {
        ConnectionDefaults settings = ConnectionDefaults.of(ConfigFactory.parseResources("reference.conf"));

        assertThat(settings.holdTime()).hasMillis(250);
        assertThat(settings.settleTimeout()).hasMillis(250);
    }

    @ParameterizedTest
    @CsvSource({
        "threads, 0, -1",
        "threads, 1024, 1025",
        "socket.send-buffer, 4096 B, 4095 B",
        "socket.send-buffer, 64 MiB, 65 MiB",
        "socket.keep-alive.idle, 1 s, 999 ms",
        "socket.keep-alive.idle, 1 h, 3601 s",
        "socket.keep-alive.interval, 1 s, 0 s",
        "socket.keep-alive.count, 1, 0",
        "socket.keep-alive.count, 127, 128",
        "socket.user-timeout, 0 s, -1 s",
        "socket.user-timeout, 1 d, 25 h",
        "names.keep-for, 0 s, 25 h",
        "idle-timeout, 1 ms, 0 s",
        "hold-time, 0 s, 61 s",
        "settle-timeout, 1 m, 61 s"
    })
    void valueJustOutsideItsRangeIsRefused(String key, String allowed, String refused) {
        assertThat(ConnectionDefaults.of(with(key, allowed))).isNotNull();
        assertThatThrownBy(() -> ConnectionDefaults.of(with(key, refused)))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("platen.printer." + key)
                .hasMessageContaining("must be ");
    }

    private static Config with(String key, String value) {
        return ConfigFactory.parseString("platen.printer." + key + " = \"" + value + "\"")
                .withFallback(ConfigFactory.parseResources("reference.conf"));
    }
}
