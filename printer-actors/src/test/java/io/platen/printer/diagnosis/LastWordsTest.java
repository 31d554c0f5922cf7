package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words are cut to so many characters, and their hex to as many bytes. */
final class LastWordsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # text,  hex,      most, shown text, shown hex
              abcd,  61626364, 4,    abcd,       61626364
              abcd,  61626364, 3,    abc…,       616263…
              abcd,  61626364, 1,    a…,         61…
              <ACK>, 06,       5,    <ACK>,      06
              <ACK>, 06,       4,    <ACK…,      06
            """)
    void cutsTextAndHexAlike(String text, String hex, int most, String shownText, String shownHex) {
        assertThat(new LastWords(text, hex, 4).atMost(most)).isEqualTo(new LastWords(shownText, shownHex, 4));
    }
}
