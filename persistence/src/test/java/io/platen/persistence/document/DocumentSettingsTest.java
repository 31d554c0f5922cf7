package io.platen.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges that reference.conf gives. */
final class DocumentSettingsTest {

    @Test
    void defaultsAreThoseOfReferenceConf() {
        var settings = DocumentSettings.of(ConfigFactory.load());

        assertThat(settings.smallBytes()).isEqualTo(64 * 1024);
        assertThat(settings.segmentBytes()).isEqualTo(32 * 1024 * 1024);
        assertThat(settings.segmentAge()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"small, 1 MiB, 1048577 B", "segment-bytes, 64 KiB, 65535 B", "segment-bytes, 1 GiB, 1073741825 B"})
    void sizeJustOutsideItsRangeIsRefused(String key, String allowed, String refused) {
        assertThat(DocumentSettings.of(with(key, allowed))).isNotNull();
        assertThatThrownBy(() -> DocumentSettings.of(with(key, refused)))
                .hasMessageContaining("platen.persistence.documents." + key);
    }

    private static Config with(String key, String value) {
        return ConfigFactory.parseString("platen.persistence.documents." + key + " = \"" + value + "\"")
                .withFallback(ConfigFactory.load());
    }
}
