package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.ZplMarks.Mark;
import org.junit.jupiter.api.Test;

final class ZplMarksTest {
    private final ZplMarks marks = new ZplMarks();

    @Test
    void knowsTheUsualMarksAndTheirControlCharacters() {
        assertThat(marks.isCaret((byte) '^')).isTrue();
        assertThat(marks.isCaret((byte) 0x1e)).isTrue();
        assertThat(marks.isTilde((byte) '~')).isTrue();
        assertThat(marks.isTilde((byte) 0x10)).isTrue();
        assertThat(marks.isDelimiter((byte) ',')).isTrue();
        assertThat(marks.isDelimiter((byte) 0x1f)).isTrue();
        assertThat(marks.isPrefix((byte) ',')).isFalse();
        assertThat(marks.isPrefix((byte) 0x02)).isFalse();
    }

    @Test
    void changedMarkReplacesTheOldOneButNotItsControlCharacter() {
        marks.change(Mark.CARET, (byte) 0xa7);

        assertThat(marks.isCaret((byte) 0xa7)).isTrue();
        assertThat(marks.isPrefix((byte) 0xa7)).isTrue();
        assertThat(marks.isCaret((byte) '^')).isFalse();
        assertThat(marks.isPrefix((byte) '^')).isFalse();
        assertThat(marks.isCaret((byte) 0x1e)).isTrue();
        assertThat(marks.isTilde((byte) '~')).isTrue();
    }

    @Test
    void controlCharactersAndSpacesCannotBecomeMarks() {
        for (int b = 0; b < 256; b++) {
            assertThat(ZplMarks.canBe((byte) b)).as("byte %d", b).isEqualTo(b > ' ');
        }
    }
}
