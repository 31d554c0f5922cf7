package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions in lower-case words, part and state; the words of data are none. */
final class DeviceWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            paper out                     | media-empty
            out of paper                  | media-empty
            media supply is empty         | media-empty
            load media                    | media-empty
            no labels                     | media-empty
            paper not detected            | media-empty
            paper low                     | media-low
            media near end                | media-low
            low on paper                  | media-low
            paper jam                     | media-jam
            jammed                        | media-jam
            ribbon out                    | marker-supply-empty
            ribbon broken                 | marker-supply-empty
            ribbon low                    | marker-supply-low
            head open                     | cover-open
            printhead is open             | cover-open
            cover not closed              | cover-open
            close the cover               | cover-open
            printer paused                | paused
            printer offline               | offline
            printer not on line           | offline
            label not taken               | label-waiting
            buffer full                   | spool-area-full
            head too hot                  | other
            cutter jam                    | media-jam other
            sensor error                  | other
            printer not ready             | other
            battery low                   | other-warning
            head cold                     | other-warning
            clean the printhead           | other-warning
            paper out head open           | media-empty cover-open
            no jam                        |
            paper out 0                   |
            paper out no                  |
            head open false               |
            label out of range            |
            no label format               |
            paper size                    |
            printer not paused            |
            label printed                 |
            everything out                |
            """)
    void areFound(String words, @Nullable String reasons) {
        assertThat(DeviceWords.reasons(words).stream()
                        .map(DeviceReason::keyword)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(reasons == null ? "" : reasons);
    }

    /** A report is a line that tells what happened to the printer; other lines must name a part of it. */
    @ParameterizedTest
    @CsvSource({
        "paper out cleared, false, true",
        "error cleared, true, true",
        "error cleared, false, false",
        "head closed, false, true",
        "cover is latched, false, true",
        "paper loaded, false, true",
        "pause released, false, true",
        "label taken, false, true",
        "printer is back on line, false, true",
        "head closed paper out, false, false",
        "paper not cleared, false, false",
        "head open, false, false",
        "format loaded, false, false"
    })
    void recoveryIsTold(String words, boolean isReport, boolean isRecovery) {
        assertThat(DeviceWords.tellRecovery(words, isReport)).isEqualTo(isRecovery);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            error paper          | media-empty
            error 17 head        | cover-open
            fault ribbon         | marker-supply-empty
            error cutter         | other
            error paper type     | other
            error bad checksum   |
            """)
    void partAloneMeansItsUsualCondition(String words, @Nullable String reasons) {
        assertThat(DeviceWords.reasonsOfParts(words).stream()
                        .map(DeviceReason::keyword)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(reasons == null ? "" : reasons);
    }
}
