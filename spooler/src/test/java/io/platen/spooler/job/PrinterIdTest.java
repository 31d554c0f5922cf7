package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrinterIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0", "dock-1", "a-", "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0"})
    void takesSlugs(String id) {
        assertThat(new PrinterId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "Dock",
                "a_b",
                "a/b",
                "..",
                "ä",
                "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz01"
            })
    void refusesWhatCouldNotBeAFolder(String id) {
        assertThatThrownBy(() -> new PrinterId(id)).isInstanceOf(IllegalArgumentException.class);
    }
}
