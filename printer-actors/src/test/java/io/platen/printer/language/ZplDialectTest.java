package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Zebra printers say, framed and in lines. */
final class ZplDialectTest {
    private static final String FIRST = "<02>030,0,0,1245,000,0,0,0,000,0,0,0<03><0D><0A>";
    private static final String SECOND = "<02>000,0,0,0,0,2,4,0,00000000,1,000<03><0D><0A>";
    private static final String THIRD = "<02>1234,0<03><0D><0A>";
    private static final String WELL = "status well left=0 to ~HS";

    /** {1}, {2} and {3} are the strings of an answer that nothing is wrong with. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {1}{2}{3}                                                 | status well left=0 to ~HS
            <11>{1}{2}{3}                                             | acknowledgement; status well left=0 to ~HS
            <0D><0A><00>{1}{2}{3}                                     | status well left=0 to ~HS
            {1}<13>{2}<11>{3}                                         | acknowledgement; acknowledgement; status well left=0 to ~HS
            {1}<00><00>{2}<0D><0A><0D><0A>{3}                         | status well left=0 to ~HS
            ALERT: PAPER OUT<0D><0A>{1}{2}{3}                         | event stopped media-empty; status well left=0 to ~HS
            ALERT: PAPER OUT{1}{2}{3}                                 | event stopped media-empty; status well left=0 to ~HS
            {1}POWER ON<0D><0A>{2}{3}                                 | event; status well left=0 to ~HS
            {1}<02>ZT411,V92.21.07Z,12,8176KB<03><0D><0A>{2}{3}       | event; status well left=0 to ~HS
            {1}{2}<02>GX420d-200dpi,V61.17,8,2104KB,X<03>{3}          | event; status well left=0 to ~HS
            <02>{1}{2}{3}                                             | status well left=0 to ~HS
            <02>030,0{1}{2}{3}                                        | event; status well left=0 to ~HS
            <02>~!{1}{2}{3}                                           | unknown; status well left=0 to ~HS
            {1}{1}{2}{3}                                              | event; status well left=0 to ~HS
            {1}{2}{1}{2}{3}                                           | event; status well left=0 to ~HS
            {1}{2}{3}{1}{2}{3}                                        | status well left=0 to ~HS; status well left=0 to ~HS
            <03>{1}{2}{3}                                             | status well left=0 to ~HS
            {1}                                                       | event
            {1}{2}                                                    | event
            {1}{2}<02>1234                                            | unknown; event
            {3}                                                       | event
            <02>030,<11>0,0,1245,<13>000,0,0,0,000,0,0,0<03>{2}{3}    | status well left=0 to ~HS
            """)
    void answersAreFoundBehindAndBetweenOtherThings(String input, String frames) {
        Reading.check(PrinterLanguage.ZPL, expand(input), frames);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well left=0
            030,1,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped media-empty left=0
            030,0,1,1245,003,0,0,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped paused left=3
            030,0,0,1245,002,1,0,1,000,0,0,0 | 000,0,0,0,0,2,4,0,00000012,1,000 | well spool-area-full left=15
            030,0,0,1245,000,0,0,1,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well left=1
            030,0,0,1245,000,0,1,0,000,0,0,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped other left=0
            030,0,0,1245,000,0,0,0,000,0,1,0 | 000,0,0,0,0,2,4,0,00000000,1,000 | well other-warning left=0
            030,0,0,1245,000,0,0,0,000,0,0,1 | 000,0,0,0,0,2,4,0,00000000,1,000 | stopped other left=0
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,1,1,0,2,4,0,00000000,1,000 | stopped marker-supply-empty cover-open left=0
            030,0,0,1245,000,0,0,0,000,0,0,0 | 000,0,0,0,0,1,4,1,00000004,1,000 | stopped label-waiting left=4
            030,1,1,1245,000,0,0,0           | 000,0,0,0,0,2,4,0,00000000       | stopped media-empty paused left=0
            14,0,0,0,0,0,0,0,0,0,0,0         | 0,0,0,0,0,2,4,0,0,1,0            | well left=0
            030,0,0,0000,000,0,0,0,000,0,0   | 000,0,0,0,0,2,4,0,00000007,1,000 | well left=7
            """)
    void hostStatusIsRead(String first, String second, String status) {
        String input = "<02>" + first + "<03><0D><0A><02>" + second + "<03><0D><0A>" + THIRD;
        Reading.check(PrinterLanguage.ZPL, input, "status " + status + " to ~HS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 00000000 00000000 | 0 00000000 00000000 | well
            1 00000000 00000001 | 0 00000000 00000000 | stopped media-empty
            1 00000000 00000002 | 0 00000000 00000000 | stopped marker-supply-empty
            1 00000000 00000005 | 0 00000000 00000000 | stopped media-empty cover-open
            1 00000000 00010000 | 0 00000000 00000000 | stopped paused
            1 00000000 00001000 | 0 00000000 00000000 | stopped media-jam
            1 00000000 00000008 | 0 00000000 00000000 | stopped other
            1 00000000 00080010 | 0 00000000 00000000 | stopped other
            1 00000001 00000000 | 0 00000000 00000000 | stopped other
            0 00000000 00000000 | 1 00000000 00000008 | well media-low
            0 00000000 00000000 | 1 00000000 00000002 | well other-warning
            0 00000000 00000001 | 0 00000000 00000008 | well
            """)
    void errorStatusIsRead(String errors, String warnings, String status) {
        String lines = "  PRINTER STATUS      <0D><0A>   ERRORS:         " + errors + " <0D><0A>   WARNINGS:       "
                + warnings + " <0D><0A>";
        String framed = "<02><0D><0A><0D><0A>" + lines + "<03>";
        Reading.check(PrinterLanguage.ZPL, framed, "status " + status + " to ~HQES");
        Reading.check(PrinterLanguage.ZPL, FIRST + framed + SECOND + THIRD, "status " + status + " to ~HQES; " + WELL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERROR CONDITION: PAPER OUT [2024-07-21 18:26:23] [XXQLJ1209]     | event stopped media-empty
            ERROR CLEARED: PAPER OUT [2024-07-21 18:26:23] [XXQLJ1209]       | event well
            ERROR CONDITION: HEAD OPEN                                       | event stopped cover-open
            ERROR CONDITION: RIBBON IN                                       | event stopped other
            ERROR CONDITION: PRINTHEAD SHUTDOWN                              | event stopped other
            WARNING: RIBBON LOW                                              | event well marker-supply-low
            WARNING: CLEAN PRINTHEAD                                         | event well other-warning
            WARNING CLEARED: MEDIA LOW                                       | event well
            ALERT: PQ JOB COMPLETED [2024-07-21 18:26:23] [XXQLJ1209]        | event
            ALERT: PRINTER PAUSED                                            | event stopped paused
            LABEL READY: [2024-07-21 18:26:23] [XXQLJ1209]                   | event stopped label-waiting
            LABEL TAKEN: [2024-07-21 18:26:23] [XXQLJ1209]                   | event well
            POWER ON                                                         | event
            COLD START [2024-07-21 18:26:23] [XXQLJ1209]                     | event
            ERROR: SIN PAPEL [2024-07-21 18:26:23] [XXQLJ1209]               | event
            ALERTE : PLUS DE PAPIER                                          | unknown
            "123"                                                            | event
            "?"                                                              | event
            "ERROR: PAPER OUT"                                               | event
            {"device.host_status":"x"}                                       | event
            <02>1024,0780,0780<03>                                           | event
            <02>ERROR: unknown command<03>                                   | refusal
            <02>hello<03>                                                    | unknown
            <15>                                                             | acknowledgement
            ERRORS: 1 00000000 00000001                                      | event stopped media-empty
            """)
    void linesAndOtherStringsAreSorted(String input, String frames) {
        Reading.check(PrinterLanguage.ZPL, input, frames);
    }

    /** The answer to {@code ^HH} is longer than any other frame. */
    @ParameterizedTest
    @CsvSource({"3", "100"})
    void configurationIsAnAnswerToTheDocument(int rows) {
        String row = "  +20.0               DARKNESS          <0D><0A>";
        Reading.check(
                PrinterLanguage.ZPL,
                "<02><0D><0A>" + row.repeat(rows) + "<03><0D><0A>" + FIRST + SECOND + THIRD,
                "event; " + WELL);
    }

    private static String expand(String input) {
        return input.replace("{1}", FIRST).replace("{2}", SECOND).replace("{3}", THIRD);
    }
}
