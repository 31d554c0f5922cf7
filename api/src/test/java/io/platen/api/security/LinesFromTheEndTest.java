package io.platen.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of a file, last one first, however they lie in the blocks that are read. */
final class LinesFromTheEndTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # content, lines
              '',
              one,               one
              one;,              one
              one;two,           two one
              one;two;,          two one
              one;;two;,         two '' one
            """)
    void linesComeLastOneFirst(String content, String lines) throws IOException {
        String[] expected =
                lines == null ? new String[0] : lines.replace("''", "").split(" ", -1);

        assertThat(read(content.replace(';', '\n'), Long.MAX_VALUE)).containsExactly(expected);
    }

    @Test
    void readingEndsBeforeAPlace() throws IOException {
        assertThat(read("one\ntwo\nthree\n", 8)).containsExactly("two", "one");
        assertThat(read("one\ntwo\nthree\n", 4)).containsExactly("one");
        assertThat(read("one\ntwo\nthree\n", 0)).isEmpty();
    }

    @Test
    void positionIsWhereTheLineBegins() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "one\ntwö\nthree\n");
        try (var lines = new LinesFromTheEnd(file, Long.MAX_VALUE)) {
            assertThat(lines.next()).isEqualTo("three");
            assertThat(lines.position()).isEqualTo(9);
            assertThat(lines.next()).isEqualTo("twö");
            assertThat(lines.position()).isEqualTo(4);
            assertThat(lines.next()).isEqualTo("one");
            assertThat(lines.position()).isZero();
            assertThat(lines.next()).isNull();
        }
    }

    /** Around the 64 KiB that are read at once. */
    @ParameterizedTest
    @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, 200_000})
    void lineLongerThanABlockIsWhole(int length) throws IOException {
        String line = "ä" + "x".repeat(length - 2);

        assertThat(read("before\n" + line + "\nafter\n", Long.MAX_VALUE)).containsExactly("after", line, "before");
    }

    @Test
    void manyLinesAreThoseOfTheFileBackwards() throws IOException {
        var random = new Random(4);
        var lines = new ArrayList<String>();
        for (int i = 0; i < 5000; i++) {
            lines.add(i + "x".repeat(random.nextInt(200)));
        }
        List<String> read = read(String.join("\n", lines) + "\n", Long.MAX_VALUE);

        Collections.reverse(read);
        assertThat(read).isEqualTo(lines);
    }

    private List<String> read(String content, long end) throws IOException {
        Path file = Files.writeString(directory.resolve("log"), content);
        var read = new ArrayList<String>();
        try (var lines = new LinesFromTheEnd(file, end)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                read.add(line);
            }
        }
        return read;
    }
}
