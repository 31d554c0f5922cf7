package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who decides on a line: the settings, then the language, then words that all printers use. */
final class LineSorterTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # line                      | rejects | ignores | it is
              READY                     | READY   |         | refusal
              READY                     | READY   | READ    |
              ERROR: no such font       |         |         | refusal
              ERROR: no such font       |         | font    |
              @PJL USTATUS CODE=10001   | CODE    |         | refusal
              @PJL USTATUS CODE=10001   |         |         | status well
              00                        |         |         | status well
              00                        | 0       |         | refusal
              PAPER OUT                 |         |         | event stopped media-empty
              bonjour                   | au      | revoir  | unknown
            """)
    void settingsGoBeforeTheLanguageAndThatBeforePlainWords(
            String line, @Nullable String rejects, @Nullable String ignores, @Nullable String frame) {
        assertThat(sorter(rejects, ignores).sort(line).map(Reading::tell).orElse(null))
                .isEqualTo(frame);
    }

    @Test
    void byteAloneIsAHandshakeOrNothing() {
        var sorter = sorter(null, null);

        assertThat(sorter.sort("\u0006").map(Reading::tell)).contains("acknowledgement");
        assertThat(sorter.sort("\u0001")).isEmpty();
        assertThat(sorter.sort("  ")).isEmpty();
    }

    /** What is too long to be a line is not sorted by words: only the settings may know it. */
    @Test
    void overgrownLineIsUnknownUnlessTheSettingsKnowIt() {
        String head = "ERROR: no such font".repeat(30).substring(0, Frame.MAX_TEXT);

        assertThat(sorter(null, null).sortOvergrown(head).map(Reading::tell)).contains("unknown");
        assertThat(sorter("font", null).sortOvergrown(head).map(Reading::tell)).contains("refusal");
        assertThat(sorter("font", "ERROR").sortOvergrown(head)).isEmpty();
        assertThat(sorter(null, null).sortOvergrown(" ".repeat(Frame.MAX_TEXT))).isEmpty();
    }

    private static LineSorter sorter(@Nullable String rejects, @Nullable String ignores) {
        var patterns = new ReplyPatterns(
                rejects == null ? null : ReplyPattern.of(rejects), ignores == null ? null : ReplyPattern.of(ignores));
        return new LineSorter(new EplDialect(), patterns, new PatternBudget(() -> 0));
    }
}
