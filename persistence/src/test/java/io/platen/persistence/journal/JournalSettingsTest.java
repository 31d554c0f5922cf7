package io.platen.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges that reference.conf gives. */
final class JournalSettingsTest {

    @Test
    void defaultsAreThoseOfReferenceConf() {
        var settings = JournalSettings.of(ConfigFactory.load());

        assertThat(settings.directory()).isEqualTo(Path.of("data/journal"));
        assertThat(settings.writeBufferBytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(settings.freeSpaceReserveBytes()).isEqualTo(128 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "write-buffer, 64 KiB, 65535 B",
        "write-buffer, 256 MiB, 257 MiB",
        "waiting-writes, 1, 0",
        "waiting-writes, 10000000, 10000001",
        "group-writes, 1, 0",
        "group-bytes, 1 B, 0 B"
    })
    void valueJustOutsideItsRangeIsRefused(String key, String allowed, String refused) {
        assertThat(JournalSettings.of(with(key, allowed))).isNotNull();
        assertThatThrownBy(() -> JournalSettings.of(with(key, refused))).hasMessageContaining("journal." + key);
    }

    private static Config with(String key, String value) {
        return ConfigFactory.parseString("platen.persistence.journal." + key + " = \"" + value + "\"")
                .withFallback(ConfigFactory.load());
    }
}
