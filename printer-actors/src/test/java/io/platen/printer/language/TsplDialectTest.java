package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of TSPL printers say: one byte of bits, or four characters in a frame. */
final class TsplDialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <00>                         | status well
            <01>                         | status stopped cover-open
            <02>                         | status stopped media-jam
            <03>                         | status stopped media-jam cover-open
            <04>                         | status stopped media-empty
            <05>                         | status stopped media-empty cover-open
            <08>                         | status stopped marker-supply-empty
            <09>                         | status stopped marker-supply-empty cover-open
            <0C>                         | status stopped media-empty marker-supply-empty
            <10>                         | status stopped paused
            <14>                         | status stopped media-empty paused
            <80>                         | status stopped other
            <04><00>                     | status stopped media-empty; status well
            <0A>                         |
            <0D><0A><00>                 |
            ' <0D>'                      |
            A                            | unknown
            <06>                         | acknowledgement
            <15>                         | acknowledgement
            <02>@@@@<03><0D><0A>         | status well
            <02>P@@@<03><0D><0A>         | status well
            <02>`@@@<03><0D><0A>         | status stopped paused
            <02>L@@@<03><0D><0A>         | status stopped label-waiting
            <02>E@@A<03><0D><0A>         | status stopped media-empty
            <02>E@@B<03><0D><0A>         | status stopped media-jam
            <02>E@@D<03><0D><0A>         | status stopped marker-supply-empty
            <02>E@@`<03><0D><0A>         | status stopped cover-open
            <02>E@A@<03><0D><0A>         | status stopped other
            <02>E@@@<03><0D><0A>         | status stopped other
            <02>@A@@<03><0D><0A>         | status well media-low
            <02>@B@@<03><0D><0A>         | status well marker-supply-low
            <02>@H@@<03><0D><0A>         | status well spool-area-full
            <02><02>@@@@<03><0D><0A>     | status stopped media-jam; status well
            <02>@@<02>@@@@<03><0D><0A>   | status stopped media-jam; unknown; status well
            PAPER<09>OUT<0D><0A>         | event stopped media-empty
            """)
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.TSPL, input, frames);
    }
}
