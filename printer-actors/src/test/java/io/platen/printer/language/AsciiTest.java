package io.platen.printer.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ISO 8859-1 has two ranges of control characters: 00 to 1F and 7F to 9F. */
final class AsciiTest {

    @ParameterizedTest
    @CsvSource({
        "0x00, true",
        "0x1F, true",
        "0x20, false",
        "0x7E, false",
        "0x7F, true",
        "0x9F, true",
        "0xA0, false",
        "0xFF, false"
    })
    void controlCharactersAreTold(int b, boolean isControl) {
        assertThat(Ascii.isControl(b)).isEqualTo(isControl);
    }

    @ParameterizedTest
    @CsvSource({"/, false", "0, true", "9, true", ":, false", "a, false"})
    void digitsAreTold(char c, boolean isDigit) {
        assertThat(Ascii.isDigit(c)).isEqualTo(isDigit);
    }

    @ParameterizedTest
    @CsvSource({
        "a, true, false",
        "<20>a<20>, true, false",
        "'', false, true",
        "<20><20>, false, true",
        "<0D><0A><09>, false, true",
        "<00>, false, true",
        "<A0>, false, false",
        "<1B>, false, false",
        "<E4>, true, false"
    })
    void inkAndBlanksAreTold(String text, boolean hasInk, boolean isBlank) {
        String line = new String(Reading.bytes(text), ISO_8859_1);

        assertThat(Ascii.isPrintable(line)).isEqualTo(hasInk);
        assertThat(Ascii.isBlank(line)).isEqualTo(isBlank);
    }
}
