package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of Datamax printers say: eight flags, bits, and words after a reset. */
final class DplDialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NNNNNNNN<0D>                          | status well
            YNNYYNNN<0D>                          | status well
            NYNNNNNN<0D>                          | status stopped media-empty
            NNYNNNNN<0D>                          | status stopped marker-supply-empty
            NNNNNYNN<0D>                          | status stopped paused
            NNNNNNYN<0D>                          | status stopped label-waiting
            NYYNNYNY<0D>                          | status stopped media-empty marker-supply-empty paused other
            NNNNNNNN:YNNNNNNN:NNNNNNNN<0D>        | status stopped other
            NYNNNNNN:NNNNNNNN:NNNNNNNN<0D>        | status stopped media-empty
            <02><0D>                              | status stopped media-empty
            <22><0D>                              | unknown
            R                                     | event
            R<11>                                 | event
            T<11>R<11><0D>                        | event
            R<11>NNNNNNNN<0D>                     | status well
            0042<0D>                              | event
            <13>                                  | acknowledgement
            <11>                                  | acknowledgement
            NNNN<0D>                              | unknown
            """)
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.DPL, input, frames);
    }
}
