package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.Frame.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that begin with {@code @PJL} and what belongs to them are one frame. */
final class PjlBlockTest {
    private final PjlBlock block = new PjlBlock();
    private final FrameSink out =
            new FrameSink(new LineSorter(new PlainDialect(), ReplyPatterns.NONE, new PatternBudget(() -> 0)));

    @Test
    void linesAreJoinedUntilItIsClosed() {
        take("@PJL USTATUS DEVICE", "CODE=10001", "DISPLAY=\"Ready\"");
        assertThat(block.isOpen()).isTrue();
        assertThat(out.frames()).isEmpty();

        block.close(out);

        assertThat(texts()).containsExactly("@PJL USTATUS DEVICE\r\nCODE=10001\r\nDISPLAY=\"Ready\"\r\n");
        assertThat(block.isOpen()).isFalse();
    }

    @Test
    void nextBlockEndsTheOneBefore() {
        take("@PJL USTATUS PAGE", "1", "@PJL USTATUS JOB", "END");
        block.close(out);

        assertThat(texts()).containsExactly("@PJL USTATUS PAGE\r\n1\r\n", "@PJL USTATUS JOB\r\nEND\r\n");
    }

    /** Some printers leave out the form feed, and go on with a sentence. */
    @Test
    void lineOfSeveralWordsWithoutASignDoesNotBelongToIt() {
        take("@PJL USTATUS PAGE", "1", "PAPER OUT");

        assertThat(texts()).containsExactly("@PJL USTATUS PAGE\r\n1\r\n", "PAPER OUT");
        assertThat(block.isOpen()).isFalse();
    }

    @Test
    void linesOutsideABlockPassThrough() {
        take("hello", "CODE=40021");

        assertThat(texts()).containsExactly("hello", "CODE=40021");
    }

    @Test
    void closingWithoutABlockSaysNothing() {
        block.close(out);

        assertThat(out.frames()).isEmpty();
    }

    @Test
    void blockThatIsTooLongIsToldOnceAndItsRestDropped() {
        take("@PJL INFO CONFIG");
        for (int i = 0; i < 100; i++) {
            take("KEY" + i + "=VALUE");
        }
        block.close(out);
        take("after it");

        assertThat(out.frames()).extracting(Frame::kind).containsExactly(Kind.UNKNOWN, Kind.UNKNOWN);
        assertThat(out.frames().get(0).text()).hasSize(Frame.MAX_TEXT).startsWith("@PJL INFO CONFIG\r\nKEY0=");
        assertThat(out.frames().get(1).text()).isEqualTo("after it");
    }

    private void take(String... lines) {
        List.of(lines).forEach(line -> block.take(line, out));
    }

    private List<String> texts() {
        return out.frames().stream().map(Frame::text).toList();
    }
}
