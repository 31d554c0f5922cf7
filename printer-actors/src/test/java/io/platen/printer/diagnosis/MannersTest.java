package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three missed closes in a row make a printer slow to close, as docs/failures.md says. */
final class MannersTest {

    @ParameterizedTest
    @CsvSource({"0, false", "2, false", "3, true", "4, true"})
    void waitIsCutShortFromTheThirdMissedCloseOn(int missed, boolean isSlow) {
        assertThat(new Manners(missed, false, 0, false).isSlowToClose()).isEqualTo(isSlow);
    }
}
