package io.platen.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run's results for people and programs. */
public final class Report {
    private final Results results;
    private final List<String> machine;
    private final String command;

    /**
     * @param machine what it ran on, a line for each property
     * @param command what repeats the run
     */
    public Report(Results results, List<String> machine, String command) {
        this.results = results;
        this.machine = machine;
        this.command = command;
    }

    /** For a terminal. */
    public String text() {
        var text = new StringBuilder();
        machine.forEach(line -> text.append(line).append('\n'));
        for (String benchmark : results.benchmarks()) {
            text.append('\n').append(benchmark).append("\n\n");
            text.append(Grid.of(results, benchmark).plain());
        }
        results.notes().forEach(note -> text.append('\n').append(note));
        return text.toString().stripTrailing() + "\n";
    }

    /** For docs/benchmarks.md. */
    public String markdown() {
        var text = new StringBuilder(String.join("; ", machine)).append(".\n");
        for (String benchmark : results.benchmarks()) {
            text.append("\n### ").append(benchmark).append("\n\n");
            text.append(Grid.of(results, benchmark).markdown());
        }
        results.notes().forEach(note -> text.append('\n').append(note).append('\n'));
        return text.append("\n```sh\n").append(command).append("\n```\n").toString();
    }

    /** Writes results.txt, results.md, results.csv and an image for each case. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.txt"), text());
        Files.writeString(directory.resolve("results.md"), markdown());
        Files.writeString(directory.resolve("results.csv"), Csv.of(results.samples()));
        for (String benchmark : results.benchmarks()) {
            Files.writeString(directory.resolve(benchmark + ".svg"), Plot.of(results, benchmark));
        }
    }
}
