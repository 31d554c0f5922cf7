package io.platen.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are taken within their bounds, and refused with the key, the range and the place. */
final class SettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void boundsAreIncluded(int value) {
        assertThat(settings("count = " + value).number("count", 2, 10)).isEqualTo(value);
        assertThat(settings("size = " + value + " KiB").bytes("size", 2048, 10_240))
                .isEqualTo(1024L * value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "11", "-3", "4294967298"})
    void numberOutsideItsBoundsIsRefused(String value) {
        assertThatThrownBy(() -> settings("count = " + value).number("count", 2, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("platen.test.count must be between 2 and 10, not ")
                .hasMessageContaining("String: 1");
    }

    @Test
    void sizeOutsideItsBoundsIsRefused() {
        assertThatThrownBy(() -> settings("size = 1 KiB").bytes("size", 1025, 4096))
                .hasMessageContaining("platen.test.size must be between 1,025 and 4,096, not 1,024");
    }

    private static Settings settings(String text) {
        return new Settings(ConfigFactory.parseString("platen.test { " + text + " }"), "platen.test");
    }
}
