package io.platen.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

final class ReportTest {
    private static final String CASE = "end-to-end";

    private final Results results = new Results();

    @TempDir
    Path directory;

    @BeforeEach
    void threeRounds() {
        double[] platen = {300, 100, 200};
        double[] cups = {100, 50, 40};
        for (int i = 0; i < platen.length; i++) {
            results.add(new Sample(CASE, "1 printer", "printed, jobs/s", "CUPS", i + 1, cups[i]));
            results.add(new Sample(CASE, "1 printer", "printed, jobs/s", "Platen", i + 1, platen[i]));
        }
        results.add(new Sample(CASE, "1 printer", "a < b & \"c\"", "Platen", 1, 1.5));
    }

    @Test
    void tablesShowMediansRangesAndRatiosOfTheSameRound() {
        assertThat(Grid.of(results, CASE).lines())
                .containsExactly(
                        List.of("setting", "measure", "Platen", "CUPS", "Platen ÷ CUPS"),
                        List.of("1 printer", "printed, jobs/s", "200 (100–300)", "50.0 (40.0–100)", "3.00 (2.00–5.00)"),
                        List.of("1 printer", "a < b & \"c\"", "1.50", "–", "–"));
    }

    @Test
    void plainColumnsAreAsWideAsTheirWidestCell() {
        assertThat(Grid.of(results, CASE).plain()).isEqualTo("""
                        setting    measure          Platen         CUPS             Platen ÷ CUPS
                        1 printer  printed, jobs/s  200 (100–300)  50.0 (40.0–100)  3.00 (2.00–5.00)
                        1 printer  a < b & "c"      1.50           –                –
                        """);
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        assertThat(Csv.of(results.samples()))
                .startsWith("benchmark,setting,measure,system,round,value\n")
                .contains("end-to-end,1 printer,\"printed, jobs/s\",CUPS,1,100.0\n")
                .contains("\"a < b & \"\"c\"\"\",Platen,1,1.5\n");
    }

    @Test
    void plotIsWellFormedAndShowsEachMedian() throws Exception {
        String svg = Plot.of(results, CASE);
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(3);
        assertThat(svg).contains(">200<", ">50.0<", "a &lt; b &amp; ");
    }

    @Test
    void versionsOfPlatenAreComparedWithTheFirstWhenNothingElseIs() {
        var versions = new Results();
        versions.add(new Sample(CASE, "s", "m", "Platen before", 1, 2));
        versions.add(new Sample(CASE, "s", "m", "Platen after", 1, 3));
        assertThat(versions.pairs(CASE)).containsExactly(new Results.Pair("Platen after", "Platen before"));
    }

    @Test
    void writesAllForms() throws Exception {
        results.note("PostgreSQL is left out.");
        new Report(results, List.of("2 cores", "CUPS 2.4.2"), "./platen bench end-to-end").write(directory);
        assertThat(Files.readString(directory.resolve("results.md")))
                .startsWith("2 cores; CUPS 2.4.2.\n\n### end-to-end\n\n| setting | measure |")
                .contains("PostgreSQL is left out.")
                .endsWith("```sh\n./platen bench end-to-end\n```\n");
        assertThat(directory.resolve("results.txt")).content().contains("2 cores", "Platen ÷ CUPS");
        assertThat(directory.resolve("results.csv")).exists();
        assertThat(directory.resolve("end-to-end.svg")).exists();
    }
}
