package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids are parts of paths, of folders and of streams: only slugs are taken. */
final class PrinterIdTest {
    private static final String LONGEST = "a23456789-123456789-123456789-123456789-123456789-123456789-123";

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "dock-4", "a--b", "dock-", LONGEST})
    void slugIsTaken(String text) {
        assertThat(new PrinterId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "Dock",
                "dock_4",
                "dock 4",
                "dock.4",
                "../etc",
                "dock/4",
                "döck",
                "dock\n",
                LONGEST + "4"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new PrinterId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 63 lower-case letters");
    }
}
