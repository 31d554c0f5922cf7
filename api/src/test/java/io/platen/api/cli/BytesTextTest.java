package io.platen.api.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Any bytes as an argument. */
final class BytesTextTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "abc, 616263",
        "\\r\\n, 0d0a",
        "\\0\\e, 001b",
        "\\x1B\\xff, 1bff",
        "\\\\, 5c",
        "\\\\x41, 5c783431",
        "\\x411, 4131",
        "a\\\\\\nb, 615c0a62",
        "ä$1, e42431"
    })
    void escapesStandForTheirBytes(String argument, String hex) {
        byte[] bytes = new BytesText().convert(argument).getBytes(ISO_8859_1);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\", "\\q", "\\x", "\\x1", "\\x1g", "\\N", "€"})
    void whatHasNoMeaningIsRefused(String argument) {
        assertThatThrownBy(() -> new BytesText().convert(argument)).isInstanceOf(TypeConversionException.class);
    }
}
