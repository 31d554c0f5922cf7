package io.platen.bench.cases;

import io.platen.bench.load.Pace;
import io.platen.bench.subject.LiveHeap;
import io.platen.bench.subject.PlatenServer;
import io.platen.bench.subject.PlatenSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What printers and jobs take of the heap, as differences of the live heap. */
final class Memory implements Case {
    private static final int PRINTERS = 1000;
    private static final Duration FILLING = Duration.ofSeconds(15);
    private static final String EACH = "live heap for each, bytes";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "heap for each idle printer, connected printer, waiting job and finished job";
    }

    @Override
    public void run(Lab lab) throws IOException {
        for (PlatenSystem platen : lab.systems().platens()) {
            var keepOpen = platen.connecting("keep-open").named(platen.name());
            for (int round = 1; round <= lab.plan().rounds(); round++) {
                printers(lab, keepOpen, round);
                jobs(lab, keepOpen, round);
            }
        }
    }

    private void printers(Lab lab, PlatenSystem platen, int round) throws IOException {
        double empty;
        try (var one = new Server(lab, platen, 1, false)) {
            empty = heap(one);
        }
        try (var many = new Server(lab, platen, PRINTERS, false)) {
            double idle = heap(many);
            record(lab, platen, round, "1,000 idle printers", idle, (idle - empty) / (PRINTERS - 1));
            many.load(new Pace(1, FILLING, 0, () -> PRINTERS - many.accepted()));
            many.awaitPrinted();
            double connected = heap(many);
            record(
                    lab,
                    platen,
                    round,
                    "1,000 connected printers, a job each",
                    connected,
                    (connected - empty) / PRINTERS);
        }
    }

    private void jobs(Lab lab, PlatenSystem platen, int round) throws IOException {
        try (var server = new Server(lab, platen, 10, true)) {
            server.load(Pace.closed(1, Duration.ofSeconds(1)));
            double before = heap(server);
            long counted = server.accepted();
            server.load(Pace.closed(lab.plan().clients(), FILLING));
            long jobs = server.accepted() - counted;
            double waiting = heap(server);
            record(lab, platen, round, "waiting jobs", waiting, (waiting - before) / jobs);
            for (int i = 0; i < 10; i++) {
                ((PlatenServer) server.server()).call("POST", "/v1/printers/p" + i + "/resume", "");
            }
            server.awaitPrinted();
            double finished = heap(server);
            record(lab, platen, round, "the same jobs, finished", finished, (finished - before) / jobs);
        }
    }

    private static double heap(Server server) throws IOException {
        return LiveHeap.of(((PlatenServer) server.server()).pid());
    }

    private void record(Lab lab, PlatenSystem platen, int round, String setting, double heap, double each) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(Measures.HEAP, heap);
        values.put(EACH, each);
        lab.record(name(), setting, platen.name(), round, values);
    }
}
