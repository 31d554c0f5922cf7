package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PrintableTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("Hello, \u00fc\u20ac\ud83d\udda8", "Hello, \u00fc\u20ac\ud83d\udda8"),
                arguments("\u0002PAPER\u0003\u0006\u0015", "<STX>PAPER<ETX><ACK><NAK>"),
                arguments("a\r\n2026-11-27 ERROR forged", "a\\x0d\\x0a2026-11-27 ERROR forged"),
                arguments("\u001b[2J\u001b]0;title\u0007", "<ESC>[2J<ESC>]0;title\\x07"),
                arguments("\u009b2J\u0085\u007f", "\\x9b2J\\x85\\x7f"),
                arguments("abc\u202edef\u2066", "abc\\u202edef\\u2066"),
                arguments("a\u200bb\ufeff\u2028", "a\\u200bb\\ufeff\\u2028"),
                arguments("\ud83d!", "\\ud83d!"),
                arguments("!\udda8", "!\\udda8"),
                arguments("a\u061cb\u00adc\u180e", "a\\u061cb\\u00adc\\u180e"),
                arguments("a\udb40\udc41", "a\\ue0041"),
                arguments("tab\there", "tab\\x09here"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void writesOutWhatIsNotSeen(String text, String shown) {
        assertThat(Printable.of(text, 100)).isEqualTo(shown);
    }

    @Test
    void cutsWhatIsLongAndSaysSo() {
        assertThat(Printable.of("x".repeat(1000), 10)).isEqualTo("xxxxxxxxxx… and 990 more");
    }
}
