package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of Intermec printers say: one byte for each condition. */
final class IplDialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <11>         | status well
            <13>         | status well spool-area-full
            <1D>         | status well spool-area-full
            <19>         | status stopped media-empty
            <1F>         | status stopped cover-open
            <1C>         | status stopped label-waiting
            <0F>         | status stopped other
            <08>         | status stopped other
            <0E>         | status well
            <01>         | status well left=0
            <19><1C><11> | status stopped media-empty; status stopped label-waiting; status well
            <06>         | acknowledgement
            <15>         | acknowledgement
            0005,02<0D>  | event
            """)
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.IPL, input, frames);
    }
}
