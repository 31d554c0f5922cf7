package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of SATO printers say: cyclic status, acknowledgements, frames on LAN. */
final class SbplDialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <02>05A000000<03>                                        | status well left=0
            <02>' '' 'A000000<03>                                    | unknown
            <02>05G000098<03>                                        | status well left=98
            <02>05c000098<03>                                        | status stopped media-empty left=98
            <02>05b000001<03>                                        | status stopped cover-open left=1
            <02>05d000001<03>                                        | status stopped marker-supply-empty left=1
            <02>05e000001<03>                                        | status stopped other left=1
            <02>05j000001<03>                                        | status stopped other left=1
            <02>05a000001<03>                                        | status stopped spool-area-full left=1
            <02>05C000001<03>                                        | status well spool-area-full left=1
            <02>05B000001<03>                                        | status well marker-supply-low left=1
            <02>05J000001<03>                                        | status well marker-supply-low spool-area-full left=1
            <02>05M000001<03>                                        | status stopped label-waiting left=1
            <02>05P000001<03>                                        | status stopped marker-supply-low spool-area-full label-waiting left=1
            <02>05E000001<03>                                        | status stopped paused left=1
            <02>054000001<03>                                        | status stopped paused left=1
            <02>050000000<03>                                        | status stopped offline left=0
            <02>053000000<03>                                        | status stopped marker-supply-low offline spool-area-full left=0
            <02>05G000000<03>                                        | status well left=1
            <02>05S000000<03>                                        | status well left=1
            <02>05A      <03>                                        | status well
            <02>06G000050JOB ERROR 17    <03>                        | status well left=50
            <02>06G000050JOB<15><06>           <03>                  | status well left=50
            <00><00><00><1B><02>06c000050SATO            <03>        | status stopped media-empty left=50
            <00><00><00><1C><05><02>06c000050SATO            <03>    | status stopped media-empty left=50
            <00><00><00><0B><02>05A000000<03>                        | status well left=0
            <00><00><00><16><02>0000501     00000000<03>             | status well left=0
            <02>000010000001G0000050<03>                             | status well left=50
            <02>0000500000098000050c<03>                             | status stopped media-empty left=98
            <02>00005010000980000500<03>                             | status well left=98
            <02>0000501000098000050c<03>                             | status stopped media-empty left=98
            <02>00005010000601000098<03>                             | status stopped other left=98
            <06>                                                     | acknowledgement
            <15>                                                     | event stopped other
            <06><15><06>                                             | acknowledgement; event stopped other; acknowledgement
            <15><02>05c000001<03>                                    | event stopped other; status stopped media-empty left=1
            <00><00><00><01><06>                                     | acknowledgement
            <02>05<02>05G000001<03>                                  | unknown; status well left=1
            <02>05c000001<02>05c000001<03>                           | unknown; status stopped media-empty left=1
            <02>ERROR: BAD<03>                                       | refusal
            """)
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.SBPL, input.replace("' '' '", "x "), frames);
    }
}
