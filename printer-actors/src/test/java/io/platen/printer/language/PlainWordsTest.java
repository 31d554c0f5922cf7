package io.platen.printer.language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that printers of every language use. */
final class PlainWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR:FORMAT",
                "ERR",
                "error",
                "ERROR: unknown command",
                "ERR 17 SYNTAX",
                "ERR17 SYNTAX",
                "ERROR 17",
                "NAK: BAD CHECKSUM",
                "NAK",
                "FAULT: ILLEGAL FIELD",
                "  ** ERROR ** bad label",
                "[error] no such font",
                "?ERROR",
                "Rejected: label too long",
                "INVALID COMMAND",
                "Syntax error in line 3",
                "SYNTAX ERROR: GAP",
                "ERROR: invalid label format",
                "ERROR: header missing",
                "ERROR: LABEL TOO LONG",
                "ERROR: TEMPLATE",
                "ERR_FORMAT",
                "ERROR NO SUCH COMMAND",
                "ERROR: 0x01",
                "ERROR=1",
                "ERROR: 010",
                "INVALID PARAMETER: MEDIA",
                "ERROR: NO LABEL FORMAT",
                "ERROR: LABEL OUT OF RANGE",
                "ERROR: data out of range",
                "ERRORS: 3",
                "Error - bookmark unknown",
                "ERROR: OUT OF MEMORY",
                "FAULT",
                "ERROR: FIELD 7 OVERLAID"
            })
    void complaintsAboutDataAreRefusals(String line) {
        check(line, "refusal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERROR: PAPER OUT                  | event stopped media-empty
            ERROR: OUT OF PAPER               | event stopped media-empty
            ERROR: no paper                   | event stopped media-empty
            ERROR: labels out                 | event stopped media-empty
            ERROR: label empty                | event stopped media-empty
            ERROR: labels low                 | event well media-low
            ERROR: MEDIA                      | event stopped media-empty
            ERR 03 PAPER                      | event stopped media-empty
            ERROR_PAPER_OUT                   | event stopped media-empty
            Error: PaperOut                   | event stopped media-empty
            ERR:MEDIA-EMPTY                   | event stopped media-empty
            FAULT: RIBBON                     | event stopped marker-supply-empty
            ERR RIBBON OUT                    | event stopped marker-supply-empty
            FAULT: HEAD OPEN                  | event stopped cover-open
            ERROR: head is open               | event stopped cover-open
            ERROR: printhead up               | event stopped cover-open
            NAK: COVER OPEN                   | event stopped cover-open
            ERROR DOOR OPEN                   | event stopped cover-open
            ERROR: LID NOT CLOSED             | event stopped cover-open
            ERR: LATCH                        | event stopped cover-open
            ERROR: JAM                        | event stopped media-jam
            ERROR: PAPER JAM                  | event stopped media-jam
            ERROR: paused                     | event stopped paused
            ERROR: OFFLINE                    | event stopped offline
            ERROR: printer is off-line        | event stopped offline
            ERROR: CUTTER                     | event stopped other
            ERROR: BATTERY                    | event stopped other
            ERROR: LOW BATTERY                | event well other-warning
            ERROR: HEAD TOO HOT               | event stopped other
            ERROR: OVER-HEAT                  | event stopped other
            ERROR: Overheated                 | event stopped other
            ERROR: TEMPERATURE                | event stopped other
            ERROR: VOLTAGE                    | event stopped other
            ERROR: GAP NOT FOUND              | event stopped other
            ERR: BLACK MARK                   | event stopped other
            ERROR: SENSOR                     | event stopped other
            ERROR: MOTOR                      | event stopped other
            ERROR: BUFFER FULL                | event well spool-area-full
            ERROR: LABEL NOT TAKEN            | event stopped label-waiting
            ERROR: WRONG MEDIA TYPE           | event stopped other
            INVALID HEAD                      | event stopped other
            ERROR: NOT READY                  | event stopped other
            ERROR: PRINTER BUSY               | event well other-warning
            REJECTED: PAPER OUT               | event stopped media-empty
            ERROR: CHECK PAPER                | event stopped media-empty
            NAK 07 OUT OF RIBBON              | event stopped marker-supply-empty
            ERROR CONDITION: FOO              | event stopped other
            ERROR CLEARED                     | event well
            ERROR RECOVERED: HEAD OPEN        | event well
            ERROR: PAPER OUT CLEARED          | event well
            """)
    void complaintsAboutTheDeviceAreEvents(String line, String frame) {
        check(line, frame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR=0",
                "ERROR: 0",
                "ERR 00",
                "ERR00",
                "ERROR NONE",
                "NO ERROR",
                "No errors",
                "ERROR: OK",
                "ERR:NONE",
                "ERRORS: 0",
                "ERROR=0;",
                "ERROR CODE: 0000",
                "ERROR: 0x00",
                "ERR_OK",
                "ERROR(0)",
                "ERR=NO_ERROR",
                "ERROR 00 - READY",
                "ERROR: 0 (no error)",
                "FAULT: NONE",
                "NAK=0",
                "ERRORS=0, WARNINGS=0",
                "ERROR STATUS OK",
                "no faults detected",
                "ERROR CONDITION: NONE"
            })
    void noErrorIsNone(String line) {
        check(line, "event");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PAPER OUT             | event stopped media-empty
            Out of labels         | event stopped media-empty
            PAPER END             | event stopped media-empty
            PAPER NEAR END        | event well media-low
            PAPER ALMOST OUT      | event well media-low
            LOAD PAPER            | event stopped media-empty
            RIBBON OUT            | event stopped marker-supply-empty
            RIBBON LOW            | event well marker-supply-low
            HEAD OPEN             | event stopped cover-open
            HEADOPEN              | event stopped cover-open
            COVER OPEN            | event stopped cover-open
            CLOSE COVER           | event stopped cover-open
            PRINTER PAUSED        | event stopped paused
            PAUSE                 | event stopped paused
            LABEL WAITING         | event stopped label-waiting
            PAPER JAM, COVER OPEN | event stopped media-jam cover-open
            CLEAR PAPER JAM       | event stopped media-jam
            WARNING: HEAD COLD    | event well other-warning
            WARNING: something    | event
            ALERT: SYNTAX ERROR   | event
            HEAD CLOSED           | event well
            PAPER LOADED          | event well
            PAUSE OFF             | event well
            UNPAUSED PRINTER      | event well
            RESTARTING            | event
            PAPER OUT: 0          | unknown
            HEAD OPEN=NO          | unknown
            READY                 | unknown
            OK                    | unknown
            PRINTER IS UP         | unknown
            Paper type: gap       | unknown
            DARKNESS 20           | unknown
            BUFFER CLEARED        | event well
            SETTINGS CLEARED      | unknown
            17: ERROR             | unknown
            ERRATA                | unknown
            FAULTY                | unknown
            """)
    void otherLinesAreEventsWhereTheyNameACondition(String line, String frame) {
        check(line, frame);
    }

    @ParameterizedTest
    @EnumSource
    void wordsMeanTheSameInEveryLanguage(PrinterLanguage language) {
        Reading.check(language, "ERROR: unknown command<0D><0A>", "refusal");
        Reading.check(language, "ERROR: PAPER OUT<0D><0A>", "event stopped media-empty");
        Reading.check(language, "ERROR=0<0A>NAK: BAD CHECKSUM", "event; refusal");
        Reading.check(language, "hello<0D>", "unknown");
        Reading.check(language, " <0D><0A> <0D><0A><00><09><00>", "");
    }

    private static void check(String line, String frame) {
        Reading.check(PrinterLanguage.RAW, line, frame);
        Reading.check(PrinterLanguage.RAW, line + "<0D><0A>", frame);
        Reading.check(PrinterLanguage.RAW, "<00>" + line + "<00>", frame);
    }
}
