package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bytes of EPL printers say: acknowledgements, error codes, reports in lines. */
final class EplDialectTest {

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
    void bytesMean(String input, String frames) {
        Reading.check(PrinterLanguage.EPL, input, frames);
    }
}
