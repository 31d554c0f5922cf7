package io.platen.api.metrics;

import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.platen.api.wire.PrinterView;
import io.platen.spooler.PrinterStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many printers are idle, printing or stopped. */
final class PrinterStates {
    private PrinterStates() {}

    static List<Row<?>> count(List<PrinterStatus> printers) {
        Map<String, Integer> counts = new TreeMap<>(Map.of("idle", 0, "processing", 0, "stopped", 0));
        printers.forEach(printer -> counts.merge(PrinterView.state(printer), 1, Integer::sum));
        return counts.entrySet().stream()
                .<Row<?>>map(count -> Row.of(Tags.of("state", count.getKey()), count.getValue()))
                .toList();
    }
}
