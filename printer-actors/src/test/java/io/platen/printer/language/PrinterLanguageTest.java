package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only ZPL is known well enough to ask it, or to end a format that broke off. */
final class PrinterLanguageTest {

    @ParameterizedTest
    @EnumSource
    void onlyZplIsAskedForItsStatus(PrinterLanguage language) {
        if (language == PrinterLanguage.ZPL) {
            assertThat(language.statusQueries()).containsExactly("~HS", "~HQES");
        } else {
            assertThat(language.statusQueries()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyZplHasAWayToEndAFormat(PrinterLanguage language) {
        assertThat(language.cancelsPartialFormat()).isEqualTo(language == PrinterLanguage.ZPL ? "~JX^XZ" : "");
    }

    /** Dialects keep what they have read, so each connection needs its own. */
    @ParameterizedTest
    @EnumSource
    void readersOfTwoConnectionsDoNotMix(PrinterLanguage language) {
        FrameReader one = language.reader(ReplyPatterns.NONE);
        FrameReader other = language.reader(ReplyPatterns.NONE);

        one.read(Reading.bytes("ERR"));
        assertThat(one.isMidFrame()).isTrue();
        assertThat(other.isMidFrame()).isFalse();
        assertThat(other.read(Reading.bytes("OK<0D><0A>")))
                .extracting(Frame::text)
                .containsExactly("OK");
    }
}
