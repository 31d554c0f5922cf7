package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of each language but ZPL say. */
final class DeviceFramesTest {

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
    void sbpl(String input, String frames) {
        Reading.check(PrinterLanguage.SBPL, input.replace("' '' '", "x "), frames);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <06>                         | acknowledgement
            <15>                         | event stopped other
            <15><0D><0A>                 | event stopped other
            <15>01                       | refusal
            <15>01<0D><0A>               | refusal
            <15><01>                     | refusal
            <15><0B>                     | event stopped cover-open
            <15>07                       | event stopped media-empty
            <15>07P003<13>               | event stopped media-empty left=3; acknowledgement
            <15>07R012<13><11>           | event stopped marker-supply-empty left=12; acknowledgement; acknowledgement
            <15>11<13>                   | event stopped cover-open; acknowledgement
            <15>12                       | event stopped paused
            <15>02                       | event
            <15>07<06>                   | event stopped media-empty; acknowledgement
            <15><15>07                   | event stopped other; event stopped media-empty
            00<0D><0A>                   | status well
            07<0D><0A>                   | status stopped media-empty
            07,11<0D><0A>                | status stopped media-empty cover-open
            01<0D><0A>                   | refusal
            11,01<0D><0A>                | refusal
            c11<0D><0A>                  | status stopped cover-open
            $11<0D><0A>$00<0D><0A>       | status stopped cover-open; status well
            eR11<0D><0A>                 | status stopped cover-open
            eRc,07<0D><0A>               | status stopped media-empty
            c07P002<0D><0A>              | status stopped media-empty left=2
            <13>                         | acknowledgement
            <11>                         | acknowledgement
            UKQ1935HLU V4.29<0D><0A>     | unknown
            """)
    void epl(String input, String frames) {
        Reading.check(PrinterLanguage.EPL, input, frames);
    }

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
    void tspl(String input, String frames) {
        Reading.check(PrinterLanguage.TSPL, input, frames);
    }

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
    void dpl(String input, String frames) {
        Reading.check(PrinterLanguage.DPL, input, frames);
    }

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
    void cpcl(String input, String frames) {
        Reading.check(PrinterLanguage.CPCL, input, frames);
    }

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
    void ipl(String input, String frames) {
        Reading.check(PrinterLanguage.IPL, input, frames);
    }

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
    void escpos(String input, String frames) {
        Reading.check(PrinterLanguage.ESCPOS, input, frames);
    }
}
