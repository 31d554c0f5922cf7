package io.platen.bench.cases;

import io.platen.bench.subject.LiveHeap;
import io.platen.bench.subject.PlatenServer;
import io.platen.bench.subject.PlatenSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Hours of full load: what may not grow, after each round. With {@code --seconds 360 --rounds 5} it takes half an hour. */
final class Soak implements Case {
    private static final int PRINTERS = 100;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String description() {
        return "live heap, open files and threads after each round of full load";
    }

    @Override
    public void run(Lab lab) throws IOException {
        try (var comparison = new Comparison(lab, name())) {
            for (PlatenSystem platen : lab.systems().platens()) {
                comparison.with(() -> new Steady(lab, platen));
            }
            comparison.warmUp("100 printers");
            comparison.rounds("100 printers", lab.plan().time());
        }
    }

    private static final class Steady extends EndToEnd.Printing {
        Steady(Lab lab, PlatenSystem platen) throws IOException {
            super(lab, platen, PRINTERS);
        }

        @Override
        public Map<String, Double> warmUp(Duration time) throws IOException {
            return super.measure(time);
        }

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            Map<String, Double> values = super.measure(time);
            awaitPrinted();
            values.put(Measures.HEAP, (double) LiveHeap.of(((PlatenServer) server()).pid()));
            values.put("open files", (double) server().figures().openFiles());
            values.put("threads", (double) server().figures().threads());
            return values;
        }
    }
}
