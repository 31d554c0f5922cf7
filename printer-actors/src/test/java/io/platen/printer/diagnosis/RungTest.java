package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ladder rises from written to printed. */
final class RungTest {

    @ParameterizedTest
    @CsvSource({
        "WRITTEN, WRITTEN, true",
        "WRITTEN, ACKNOWLEDGED, false",
        "ACKNOWLEDGED, WRITTEN, true",
        "ACKNOWLEDGED, CLOSED, false",
        "CLOSED, ACKNOWLEDGED, true",
        "CLOSED, PRINTED, false",
        "PRINTED, CLOSED, true",
        "PRINTED, PRINTED, true"
    })
    void reachesWhatIsNotHigher(Rung reached, Rung wanted, boolean isEnough) {
        assertThat(reached.reaches(wanted)).isEqualTo(isEnough);
    }
}
