package io.platen.bench.report;

import java.util.List;
import java.util.Locale;

/** One case as an SVG image: for each measure a panel of bars, with the range of the rounds as a thin line. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int LABELS = 250;
    private static final int VALUES = 90;
    private static final int BAR = 12;
    private static final int GAP = 8;
    private static final List<String> COLOURS =
            List.of("#2563a8", "#6aa3d5", "#c4661f", "#5b8c3a", "#7d5ba6", "#888888");

    private final StringBuilder body = new StringBuilder();
    private final Results results;
    private final String benchmark;
    private final List<String> systems;
    private int y = 20;

    private Plot(Results results, String benchmark) {
        this.results = results;
        this.benchmark = benchmark;
        this.systems = results.systems(benchmark);
    }

    static String of(Results results, String benchmark) {
        return new Plot(results, benchmark).draw();
    }

    private String draw() {
        legend();
        List<Row> rows = results.rows(benchmark);
        rows.stream()
                .map(Row::measure)
                .distinct()
                .forEach(measure -> panel(rows.stream()
                        .filter(row -> row.measure().equals(measure))
                        .toList()));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s</svg>
                """.formatted(WIDTH, y, body);
    }

    private void legend() {
        int x = 10;
        for (String system : systems) {
            rectangle(x, y - 9, 10, 10, colour(system));
            text(x + 14, y, "start", system);
            x += 34 + 7 * system.length();
        }
        y += 20;
    }

    private void panel(List<Row> rows) {
        double most = rows.stream()
                .flatMap(row -> systems.stream().flatMap(system -> row.spread(system).stream()))
                .mapToDouble(Spread::most)
                .max()
                .orElse(1);
        double scale = most <= 0 ? 0 : (WIDTH - LABELS - VALUES) / most;
        body.append("<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s</text>%n"
                .formatted(y, escaped(rows.get(0).measure())));
        y += 8;
        rows.forEach(row -> bars(row, scale));
        y += 20;
    }

    private void bars(Row row, double scale) {
        text(LABELS - 8, y + 10, "end", row.setting());
        for (String system : systems) {
            row.spread(system).ifPresent(spread -> {
                rectangle(LABELS, y, spread.median() * scale, BAR - 2, colour(system));
                body.append(String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%3$d\" stroke=\"#222222\"/>%n",
                        LABELS + spread.least() * scale,
                        LABELS + spread.most() * scale,
                        y + BAR / 2 - 1));
                text(LABELS + spread.most() * scale + 5, y + 9, "start", Figures.text(spread.median()));
                y += BAR;
            });
        }
        y += GAP;
    }

    private String colour(String system) {
        return COLOURS.get(systems.indexOf(system) % COLOURS.size());
    }

    private void rectangle(double x, int top, double width, int height, String colour) {
        body.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x,
                top,
                width,
                height,
                colour));
    }

    private void text(double x, int baseline, String anchor, String words) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                x,
                baseline,
                anchor,
                escaped(words)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
