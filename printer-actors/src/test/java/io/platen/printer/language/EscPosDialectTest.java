package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of ESC/POS printers say: automatic status back, and answers to DLE EOT. */
final class EscPosDialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <14><00><00><0F>                     | status well
            <10><00><00><00>                     | status well
            <1C><00><0C><0F>                     | status stopped media-empty offline
            <3C><00><00><0F>                     | status stopped cover-open offline
            <3C><00><0F><0F>                     | status stopped media-empty cover-open offline
            <14><00><03><0F>                     | status well media-low
            <14><08><00><0F>                     | status stopped other
            <14><40><00><0F>                     | status stopped other
            <14><06><00><0F>                     | status stopped other
            <14><0D><0A><0F>                     | status stopped media-empty other
            <14><00><00><0F><1C><00><0C><0F>     | status well; status stopped media-empty offline
            <00><0F><14><00><00><0F>             | status well
            <14><00><14><00><00><0F>             | status well
            OK<14><00><00><0F>                   | unknown; status well
            <12>                                 | status well
            <12><12><12><72>                     | status well; status well; status well; status stopped media-empty
            <72>                                 | status stopped media-empty
            <1E>                                 | status well media-low
            <16>                                 | event
            <11>                                 | acknowledgement
            <13>                                 | acknowledgement
            <06><15>                             | acknowledgement; acknowledgement
            PAPER OUT<0A>                        | event stopped media-empty
            TOP<0A>                              | unknown
            8<0D><0A><0D><0A>                    | unknown
            0123<0A>                             | unknown
            _TM-T88V<00>                         | event
            <14><00>                             |
            """)
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.ESCPOS, input, frames);
    }
}
