package io.platen.printer.diagnosis;

import static java.util.stream.Collectors.toUnmodifiableList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads a table of {@code docs/failures.md}, so that the text and the code are held against each other. */
final class DocsTable {
    private static final Path FAILURES = Path.of("..", "docs", "failures.md");

    private DocsTable() {}

    /** The cells of each row below a heading, without the row of column names; back quotes fall away. */
    static List<List<String>> below(String heading) {
        try {
            return Files.readAllLines(FAILURES).stream()
                    .dropWhile(line -> !line.equals("## " + heading))
                    .dropWhile(line -> !line.startsWith("|"))
                    .takeWhile(line -> line.startsWith("|"))
                    .skip(2)
                    .map(DocsTable::cells)
                    .collect(toUnmodifiableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .collect(toUnmodifiableList());
    }
}
