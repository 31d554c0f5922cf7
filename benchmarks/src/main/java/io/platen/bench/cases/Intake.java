package io.platen.bench.cases;

import io.platen.bench.load.Load;
import io.platen.bench.load.Pace;
import io.platen.bench.subject.Postgres;
import io.platen.bench.subject.PrintSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs accepted a second while nothing is printed. Platen and PostgreSQL sync each; CUPS does not. */
final class Intake implements Case {
    private static final int PRINTERS = 100;
    private static final int[] CLIENTS = {1, 16, 64};

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public String description() {
        return "jobs accepted a second with 1, 16 and 64 clients, printers paused, beside CUPS and PostgreSQL";
    }

    @Override
    public void run(Lab lab) throws IOException {
        for (int clients : CLIENTS) {
            try (var comparison = new Comparison(lab, name())) {
                for (PrintSystem system : lab.systems().servers()) {
                    comparison.with(() -> new Taking(lab, system, clients));
                }
                if (lab.systems().postgres()) {
                    comparison.with(() -> new Inserting(lab, clients));
                }
                comparison.run(clients == 1 ? "1 client" : clients + " clients");
            }
        }
    }

    static final class Taking extends Server implements Contender {
        private final int clients;

        Taking(Lab lab, PrintSystem system, int clients) throws IOException {
            super(lab, system, PRINTERS, true);
            this.clients = clients;
        }

        @Override
        public void refresh() throws IOException {
            restart();
        }

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            double processor = server().figures().processorSeconds();
            Load load = load(Pace.closed(clients, time));
            var values = new LinkedHashMap<String, Double>();
            values.put(Measures.ACCEPTED, load.perSecond());
            values.put("answer p50, ms", load.millis(50));
            values.put("answer p99, ms", load.millis(99));
            values.put(
                    Measures.PROCESSOR, 1000 * (server().figures().processorSeconds() - processor) / load.accepted());
            values.put(Measures.OWN, 1000 * load.ownSeconds() / load.accepted());
            return values;
        }

        @Override
        public void settle() {}
    }

    /** PostgreSQL. Its mean latency stands for the median: pgbench reports no other while it runs at full speed. */
    private static final class Inserting implements Contender {
        private final Postgres postgres;
        private final int clients;

        Inserting(Lab lab, int clients) throws IOException {
            postgres = new Postgres(lab.directory());
            this.clients = clients;
        }

        @Override
        public String name() {
            return Postgres.NAME;
        }

        /** Each of pgbench's clients has a fresh process at the server anyway. */
        @Override
        public void refresh() {}

        @Override
        public Map<String, Double> measure(Duration time) throws IOException {
            Postgres.Inserts inserts = postgres.insert(clients, time);
            var values = new LinkedHashMap<String, Double>();
            values.put(Measures.ACCEPTED, inserts.perSecond());
            values.put("answer p50, ms", inserts.millis());
            return values;
        }

        @Override
        public void settle() {}

        @Override
        public void close() {
            postgres.close();
        }
    }
}
