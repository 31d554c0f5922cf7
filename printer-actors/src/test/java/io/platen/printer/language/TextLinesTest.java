package io.platen.printer.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.Frame.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a line of text ends, and what within it is no text. */
final class TextLinesTest {
    private final TextLines lines = new TextLines(new PlainDialect());
    private final FrameSink out =
            new FrameSink(new LineSorter(new PlainDialect(), ReplyPatterns.NONE, new PatternBudget(() -> 0)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one<0D>two<0A>three<0D><0A>  | one;two;three
            one<00>two<03>three<0C>      | one;two;three
            one<02>two<0D>               | one;two
            <0D><0A><0D><0A>one<0D>      | one
            o<11>n<13>e<0D>              | one
            one<06>two<0D>               | one<06>two
            <11>one<0D>                  | <11>;one
            tab<09>ulated<0D>            | tab<09>ulated
            """)
    void bytesAreCutIntoLines(String bytes, String expected) {
        read(bytes);

        assertThat(out.frames())
                .extracting(Frame::text)
                .containsExactly(new String(Reading.bytes(expected), ISO_8859_1).split(";", -1));
        assertThat(lines.isHolding()).isFalse();
    }

    @Test
    void lineUnderWayIsHeldUntilTheStreamRests() {
        read("ready");
        assertThat(lines.isMidLine()).isTrue();
        assertThat(out.frames()).isEmpty();

        lines.rest(out);

        assertThat(lines.isMidLine()).isFalse();
        assertThat(out.frames()).extracting(Frame::text).containsExactly("ready");
    }

    @ParameterizedTest
    @CsvSource({"511, 511", "512, 512", "513, 512", "5000, 512"})
    void lineIsHeldUpToItsBoundAndToldOnce(int length, int kept) {
        read("x".repeat(length) + "<0D>next<0D>");

        assertThat(out.frames()).extracting(frame -> frame.text().length()).containsExactly(kept, 4);
        assertThat(out.frames()).extracting(Frame::kind).containsOnly(Kind.UNKNOWN);
    }

    private void read(String bytes) {
        for (byte b : Reading.bytes(bytes)) {
            lines.take(b & 0xFF, out);
        }
    }
}
