package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Status codes of five digits, of which the first two are the category (HP PJL Technical Reference, appendix D). */
final class PjlStatusTest {

    @ParameterizedTest
    @CsvSource({
        "10001, status well",
        "10002, status stopped offline",
        "10006, status well marker-supply-low",
        "11304, status well media-low",
        "35037, status well other-warning",
        "40010, status stopped marker-supply-empty",
        "40021, status stopped cover-open",
        "40022, status stopped media-jam",
        "40038, status well marker-supply-low",
        "40079, status stopped offline",
        "40050, status stopped other",
        "41203, status stopped media-empty",
        "42202, status stopped media-jam",
        "43000, status stopped other",
        "44016, status stopped media-jam",
        "50505, status stopped other",
        "99999, status well"
    })
    void codeTellsHowTheDeviceIs(String code, String frame) {
        assertThat(read("@PJL USTATUS DEVICE\r\nCODE=" + code + "\r\n")).isEqualTo(frame);
        assertThat(read("@PJL INFO STATUS\r\nCODE = " + code + "\r\n")).isEqualTo(frame);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CODE=10001 ONLINE=TRUE                    | status well
            CODE=10001 ONLINE=FALSE                   | status stopped offline
            CODE=10001 DISPLAY="PAPER LOW"            | status well media-low
            CODE=40021 DISPLAY="PAPER OUT"            | status stopped media-empty cover-open
            CODE=1000                                 | event
            CODE=100011                               | event
            JOB START NAME="CODE"                     | event
            """)
    void displayAndOnlineAddToTheCode(String block, String frame) {
        assertThat(read("@PJL USTATUS " + block)).isEqualTo(frame);
    }

    @Test
    void onlyBlocksOfPjlAreRead() {
        assertThat(PjlStatus.sort("CODE=40021")).isEmpty();
        assertThat(PjlStatus.sort("PJL CODE=40021")).isEmpty();
    }

    private static String read(String block) {
        return PjlStatus.sort(block).map(Reading::tell).orElseThrow();
    }
}
