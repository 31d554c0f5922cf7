package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class ReplyPatternTest {

    @ParameterizedTest
    @CsvSource({
        "ERR, ERR:FORMAT, true",
        "^E\\d{2}$, E17, true",
        "^E\\d{2}$, E178, false",
        "(?i)error, Some Error, true",
        "[]a]{3}, ]a], true",
        "[^]]{2}x, abx, true",
        "a{2, a{2, true",
        "\\Q{1000}{1000}\\E, {1000}{1000}, true",
        "(x{10}){50}, y, false"
    })
    void findsWhatItSays(String regex, String line, boolean found) {
        assertThat(ReplyPattern.of(regex).finds(line)).isEqualTo(found);
    }

    /** A backtracking matcher needs years for each of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {"^(.*a){20}x", "(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*?,){11}P"})
    void noTextKeepsItForLong(String regex) {
        assertThat(ReplyPattern.of(regex).finds("a".repeat(Frame.MAX_TEXT - 1) + "!"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "((((((a{9}){9}){9}){9}){9}){9}){9}",
                "(?:(?:\\w{1,40}){40}){40}",
                "([ab]{100}\\d){100}",
                "a{1000}{1000}",
                "(a{2,1000}b){2,}{600}",
                "\\w{1000}\\w{1000}",
                "(a)\\1",
                "(?<=a)b",
                "(?=a)b",
                "(",
                "[",
                "a)",
                "*",
                "a{1001}",
                "\\"
            })
    void whatWouldBeTooLargeOrIsNotRe2IsRefusedAtOnce(String regex) {
        assertThatThrownBy(() -> ReplyPattern.of(regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }
}
