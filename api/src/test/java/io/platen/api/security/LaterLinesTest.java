package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LaterLinesTest {
    private final LaterLines lines = new LaterLines(3);

    @Test
    void theFirstLineIsToldFromTheOthersAndTooManyDoNotWait() {
        assertThat(lines.offer("a")).isEqualTo(LaterLines.Offered.FIRST);
        assertThat(lines.offer("b")).isEqualTo(LaterLines.Offered.ADDED);
        assertThat(lines.offer("c")).isEqualTo(LaterLines.Offered.ADDED);
        assertThat(lines.offer("d")).isEqualTo(LaterLines.Offered.FULL);

        assertThat(lines.take()).containsExactly("a", "b", "c");
        assertThat(lines.take()).isEmpty();
        assertThat(lines.offer("d")).isEqualTo(LaterLines.Offered.FIRST);
    }

    @Test
    void linesThatCouldNotBeWrittenComeBeforeThoseThatCameMeanwhile() {
        lines.offer("a");
        lines.offer("b");
        var taken = lines.take();
        lines.offer("c");

        lines.putBack(taken);

        assertThat(lines.take()).containsExactly("a", "b", "c");
    }
}
