package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels of all copies; more than a long can count stay the largest one. */
final class LabelsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 7, 0",
        "3, 1, 3",
        "3, 7, 21",
        "9223372036854775807, 1, 9223372036854775807",
        "9223372036854775807, 2, 9223372036854775807",
        "4611686018427387903, 2, 9223372036854775806",
        "4611686018427387904, 2, 9223372036854775807"
    })
    void areMultipliedWithoutOverflow(long total, int copies, long ofAll) {
        assertThat(new Labels(total, 10, false, 0).totalOf(copies)).isEqualTo(ofAll);
    }
}
