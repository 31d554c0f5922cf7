package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ~HQES}: the bits of the low words, as the ZPL II Programming Guide numbers them. */
final class ZplErrorStatusTest {

    @ParameterizedTest
    @CsvSource({
        "00000000, other",
        "00000001, media-empty",
        "00000002, marker-supply-empty",
        "00000004, cover-open",
        "00000008, other",
        "00000010, other",
        "00000200, other",
        "00001000, media-jam",
        "00010000, paused",
        "00010005, media-empty cover-open paused",
        "0001000f, media-empty marker-supply-empty cover-open paused other"
    })
    void errorsStopThePrinter(String word, String reasons) {
        assertThat(tell("ERRORS: 1 00000000 " + word + "\r\nWARNINGS: 0 00000000 00000000"))
                .isEqualTo("status stopped " + reasons + " to ~HQES");
    }

    @ParameterizedTest
    @CsvSource({
        "00000001, other-warning",
        "00000002, other-warning",
        "00000004, other-warning",
        "00000008, media-low",
        "0000000A, media-low other-warning"
    })
    void warningsDoNot(String word, String reasons) {
        assertThat(tell("ERRORS: 0 00000000 00000000\r\nWARNINGS: 1 00000000 " + word))
                .isEqualTo("status well " + reasons + " to ~HQES");
    }

    @Test
    void wordsCountOnlyWhereTheirFlagIsSet() {
        assertThat(tell("ERRORS: 0 00000000 00000005 WARNINGS: 0 00000000 00000008"))
                .isEqualTo("status well to ~HQES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ERRORS: 3",
                "ERRORS: 1 0000000 00000001",
                "ERRORS: 1 00000000 000000001",
                "ERRORS: 2 00000000 00000001",
                "MYERRORS: 1 00000000 00000001"
            })
    void otherWordsAreNone(String answer) {
        assertThat(ZplErrorStatus.parse(answer)).isEmpty();
    }

    @Test
    void lineOfAnEmulationIsAnEvent() {
        assertThat(ZplErrorStatus.sortLine("  ERRORS:         1 00000000 00000004")
                        .map(Reading::tell))
                .contains("event stopped cover-open");
    }

    private static String tell(String answer) {
        return ZplErrorStatus.parse(answer)
                .map(status -> Reading.tell(Frame.status(answer, status.status())))
                .orElseThrow();
    }
}
