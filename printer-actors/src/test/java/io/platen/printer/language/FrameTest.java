package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.Frame.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A frame keeps 512 characters, as docs/failures.md says. */
final class FrameTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "511, 511", "512, 512", "513, 512", "100000, 512"})
    void keepsItsBeginning(int length, int kept) {
        String text = "a".repeat(Math.min(length, 512)) + "b".repeat(Math.max(0, length - 512));

        assertThat(Frame.of(Kind.UNKNOWN, text).text()).isEqualTo("a".repeat(kept));
    }
}
