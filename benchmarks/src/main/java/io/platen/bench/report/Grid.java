package io.platen.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cells of one case's table: settings and measures down, systems and their ratios across. */
final class Grid {
    private final List<List<String>> lines = new ArrayList<>();

    private Grid() {}

    static Grid of(Results results, String benchmark) {
        var grid = new Grid();
        List<String> systems = results.systems(benchmark);
        List<Results.Pair> pairs = results.pairs(benchmark).stream()
                .filter(pair -> results.rows(benchmark).stream()
                        .anyMatch(row -> row.ratio(pair.system(), pair.to()).isPresent()))
                .toList();
        var head = new ArrayList<>(List.of("setting", "measure"));
        head.addAll(systems);
        pairs.forEach(pair -> head.add(pair.system() + " ÷ " + pair.to()));
        grid.lines.add(head);
        for (Row row : results.rows(benchmark)) {
            var line = new ArrayList<>(List.of(row.setting(), row.measure()));
            systems.forEach(system -> line.add(text(row.spread(system))));
            pairs.forEach(pair -> line.add(text(row.ratio(pair.system(), pair.to()))));
            grid.lines.add(line);
        }
        return grid;
    }

    private static String text(Optional<Spread> spread) {
        return spread.map(Spread::text).orElse("–");
    }

    List<List<String>> lines() {
        return lines;
    }

    /** For a terminal: each column as wide as its widest cell. */
    String plain() {
        int columns = lines.get(0).size();
        var text = new StringBuilder();
        for (List<String> line : lines) {
            var row = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                row.append(line.get(i))
                        .append(" ".repeat(width(i) + 2 - line.get(i).length()));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        var text = new StringBuilder();
        for (List<String> line : lines) {
            text.append("| ").append(String.join(" | ", line)).append(" |\n");
            if (line == lines.get(0)) {
                text.append("|---".repeat(line.size())).append("|\n");
            }
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
