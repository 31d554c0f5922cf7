package io.platen.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One measure at one setting: the values of each system, by round. */
public final class Row {
    private final String setting;
    private final String measure;
    private final Map<String, TreeMap<Integer, Double>> values = new LinkedHashMap<>();

    Row(String setting, String measure) {
        this.setting = setting;
        this.measure = measure;
    }

    void add(Sample sample) {
        values.computeIfAbsent(sample.system(), system -> new TreeMap<>()).put(sample.round(), sample.value());
    }

    String setting() {
        return setting;
    }

    String measure() {
        return measure;
    }

    List<String> systems() {
        return List.copyOf(values.keySet());
    }

    Optional<Spread> spread(String system) {
        return Optional.ofNullable(values.get(system)).map(rounds -> Spread.of(rounds.values()));
    }

    /** The ratios of the values of the same round: a machine that is slow for a while is slow for both. */
    Optional<Spread> ratio(String system, String to) {
        var above = values.getOrDefault(system, new TreeMap<>());
        var below = values.getOrDefault(to, new TreeMap<>());
        var ratios = new ArrayList<Double>();
        above.forEach((round, value) -> {
            double divisor = below.getOrDefault(round, 0.0);
            if (divisor != 0) {
                ratios.add(value / divisor);
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }
}
