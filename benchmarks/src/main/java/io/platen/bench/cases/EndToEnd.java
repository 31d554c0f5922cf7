package io.platen.bench.cases;

import io.platen.bench.load.Load;
import io.platen.bench.subject.CupsSystem;
import io.platen.bench.subject.PlatenSystem;
import io.platen.bench.subject.PrintSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs a second from the clients to the printers. */
final class EndToEnd implements Case {

    @Override
    public String name() {
        return "end-to-end";
    }

    @Override
    public String description() {
        return "jobs printed a second, a connection per job and kept open, beside CUPS";
    }

    @Override
    public void run(Lab lab) throws IOException {
        for (int printers : lab.plan().printers()) {
            try (var comparison = new Comparison(lab, name())) {
                for (PrintSystem system : systems(lab.systems())) {
                    comparison.with(() -> new Printing(lab, system, printers));
                }
                comparison.run(printers == 1 ? "1 printer" : printers + " printers");
            }
        }
    }

    private static List<PrintSystem> systems(Systems all) {
        var systems = new ArrayList<PrintSystem>();
        for (PlatenSystem platen : all.platens()) {
            systems.add(platen);
            systems.add(platen.connecting("keep-open").named(platen.name() + ", keep-open"));
        }
        if (all.cups()) {
            systems.add(new CupsSystem());
        }
        return systems;
    }

    /** Also used by the cases that need a busy server. */
    static class Printing extends Server implements Contender {
        private final Lab lab;

        Printing(Lab lab, PrintSystem system, int printers) throws IOException {
            super(lab, system, printers, false);
            this.lab = lab;
        }

        @Override
        public void refresh() throws IOException {
            restart();
        }

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            double processor = server().figures().processorSeconds();
            long before = ends().labels();
            Load load = printing(lab.plan().clients(), time);
            long printed = ends().labels() - before;
            var values = new LinkedHashMap<String, Double>();
            values.put(Measures.PRINTED, printed / load.seconds());
            values.put(Measures.PROCESSOR, 1000 * (server().figures().processorSeconds() - processor) / printed);
            values.put(Measures.RESIDENT, server().figures().residentMegabytes());
            return values;
        }

        @Override
        public void settle() throws IOException {
            awaitPrinted();
        }
    }
}
