package io.platen.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** All samples of a run, in the order in which they were taken, and what could not be measured. */
public final class Results {
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public void add(Sample sample) {
        samples.add(sample);
    }

    /** A sentence that belongs to the figures, such as why a system was left out. */
    public void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    public List<String> benchmarks() {
        return samples.stream().map(Sample::benchmark).distinct().toList();
    }

    /** The systems of a case: those named Platen first. */
    List<String> systems(String benchmark) {
        var platen = new LinkedHashSet<String>();
        var others = new LinkedHashSet<String>();
        for (Sample sample : samples) {
            if (sample.benchmark().equals(benchmark)) {
                (isPlaten(sample.system()) ? platen : others).add(sample.system());
            }
        }
        platen.addAll(others);
        return List.copyOf(platen);
    }

    List<Row> rows(String benchmark) {
        Map<List<String>, Row> rows = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (sample.benchmark().equals(benchmark)) {
                rows.computeIfAbsent(
                                List.of(sample.setting(), sample.measure()),
                                key -> new Row(sample.setting(), sample.measure()))
                        .add(sample);
            }
        }
        return List.copyOf(rows.values());
    }

    /** Which systems are compared: each Platen with each other system, or, among Platens only, each with the first. */
    List<Pair> pairs(String benchmark) {
        List<String> systems = systems(benchmark);
        List<String> others = systems.stream().filter(name -> !isPlaten(name)).toList();
        var pairs = new ArrayList<Pair>();
        for (String system : systems) {
            if (others.isEmpty() && !system.equals(systems.get(0))) {
                pairs.add(new Pair(system, systems.get(0)));
            } else if (isPlaten(system)) {
                others.forEach(other -> pairs.add(new Pair(system, other)));
            }
        }
        return pairs;
    }

    private static boolean isPlaten(String system) {
        return system.startsWith("Platen");
    }

    /** Two systems whose ratio is shown. */
    record Pair(String system, String to) {}
}
