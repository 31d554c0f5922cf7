package io.platen.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges that reference.conf gives. */
final class HttpSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "max-connections, 0",
        "max-connections, 1000001",
        "connections-per-address, 0",
        "head-patience, 0s",
        "max-job-size, 0",
        "upload.longest, 0s",
        "submissions.per-second, 0",
        "submissions.burst, 0",
        "events.clients, 0",
        "events.clients-per-caller, 0",
        "events.kept, 99"
    })
    void valueOutsideItsRangeIsRefusedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> HttpSettings.of(with(key, value))).hasMessageContaining("platen.http." + key);
    }

    @Test
    void oneAddressHasNoMoreConnectionsThanThereAre() {
        assertThat(HttpSettings.of(with("max-connections", "7")).connections().perAddress())
                .isEqualTo(7);
    }

    private static Config with(String key, String value) {
        return ConfigFactory.parseString("platen.http." + key + " = " + value).withFallback(ConfigFactory.load());
    }
}
