package io.platen.bench.cases;

import io.platen.bench.report.Figures;
import io.platen.bench.report.Results;
import io.platen.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Where a run's cases take place: what to measure, a place for files, and where the figures go. */
public final class Lab implements AutoCloseable {
    private final Plan plan;
    private final Systems systems;
    private final Results results;
    private final Consumer<String> progress;
    private final Path scratch;
    private int directories;

    /** Files go to a new directory below the one for temporary files. */
    public Lab(Plan plan, Systems systems, Results results, Consumer<String> progress) throws IOException {
        this.plan = plan;
        this.systems = systems;
        this.results = results;
        this.progress = progress;
        scratch = Files.createTempDirectory("platen-bench-");
        // CUPS and PostgreSQL run as other users.
        scratch.toFile().setExecutable(true, false);
    }

    Plan plan() {
        return plan;
    }

    Systems systems() {
        return systems;
    }

    /** A directory that does not exist yet. */
    Path directory() {
        directories++;
        return scratch.resolve("d" + directories);
    }

    void record(String benchmark, String setting, String system, int round, Map<String, Double> values) {
        values.forEach((measure, value) -> results.add(new Sample(benchmark, setting, measure, system, round, value)));
        say("%s: %s, round %d, %s: %s"
                .formatted(
                        benchmark,
                        setting,
                        round,
                        system,
                        values.entrySet().stream()
                                .map(value -> value.getKey() + " " + Figures.text(value.getValue()))
                                .collect(Collectors.joining(", "))));
    }

    void note(String sentence) {
        results.note(sentence);
        say(sentence);
    }

    void say(String line) {
        progress.accept(line);
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (var tree = Files.walk(scratch)) {
            files = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
