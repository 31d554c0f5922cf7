package io.platen.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges that reference.conf gives. */
final class WebhookSettingsTest {
    private static final Path DATA = Path.of("data");

    @Test
    void privateAddressesAreNotCalledUnlessSaidSo() {
        assertThat(WebhookSettings.of(ConfigFactory.load(), DATA).allowPrivate())
                .isFalse();
        assertThat(WebhookSettings.of(ConfigFactory.load(), DATA).directory()).isEqualTo(Path.of("data/webhooks"));
    }

    @ParameterizedTest
    @CsvSource({"waiting, 0", "waiting, 10000001", "urls, 0", "urls, 1000001", "urls-per-caller, 0"})
    void numberOutsideItsRangeIsRefused(String key, String value) {
        Config config = ConfigFactory.parseString("platen.webhooks." + key + " = " + value)
                .withFallback(ConfigFactory.load());

        assertThatThrownBy(() -> WebhookSettings.of(config, DATA)).hasMessageContaining("platen.webhooks." + key);
    }
}
