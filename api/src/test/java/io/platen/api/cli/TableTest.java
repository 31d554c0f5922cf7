package io.platen.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns are as wide as their widest cell, and no line ends with blanks. */
final class TableTest {

    @Test
    void cellsStandUnderTheirHeadings() {
        var table =
                new Table("ID", "STATE", "NAME").row(7, "completed", "a label").row("12345", "held", "");

        assertThat(lines(table)).containsExactly("ID     STATE      NAME", "7      completed  a label", "12345  held");
    }

    @Test
    void lineEndsInACellStayOnItsLine() {
        assertThat(lines(new Table("A", "B").row("one\ntwo", 3))).containsExactly("A        B", "one two  3");
    }

    @Test
    void tableWithHeadingsOnlyIsEmpty() {
        assertThat(new Table("A").isEmpty()).isTrue();
        assertThat(new Table("A").row(1).isEmpty()).isFalse();
    }

    private static List<String> lines(Table table) {
        var out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8).lines().toList();
    }
}
