package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of CPCL printers say: the bits of two queries. */
final class CpclDialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <00>         | status well
            <01>         | status well
            <02>         | status stopped media-empty
            <04>         | status stopped cover-open
            <06>         | status stopped media-empty cover-open
            <08>         | status well other-warning
            <10>         | status well
            <13>         | status stopped media-empty
            <15>         | status stopped cover-open
            <80>         | status stopped marker-supply-empty
            <90>         | status stopped media-jam marker-supply-empty
            PAPER OUT<02>| event stopped media-empty; status stopped media-empty
            OK<0D><0A><00>| unknown
            """)
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.CPCL, input, frames);
    }
}
