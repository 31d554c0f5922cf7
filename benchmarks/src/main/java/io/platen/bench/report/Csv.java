package io.platen.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All samples, a line each (RFC 4180). */
final class Csv {

    private Csv() {}

    static String of(List<Sample> samples) {
        var text = new StringBuilder("benchmark,setting,measure,system,round,value\n");
        for (Sample sample : samples) {
            text.append(Stream.of(
                                    sample.benchmark(),
                                    sample.setting(),
                                    sample.measure(),
                                    sample.system(),
                                    String.valueOf(sample.round()),
                                    String.valueOf(sample.value()))
                            .map(Csv::cell)
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
