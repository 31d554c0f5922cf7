package io.platen.bench.cases;

import io.platen.bench.subject.PlatenSystem;
import java.io.IOException;
import java.util.Map;

/** How long a start takes, from the start of the process until it is ready: at first empty, then after each round of load. */
final class Starts implements Case {
    private static final int PRINTERS = 100;
    private static final int MILLIS_PER_SECOND = 1000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "time of a start without jobs, and with the jobs of each round of load in the journal";
    }

    @Override
    public void run(Lab lab) throws IOException {
        for (PlatenSystem platen : lab.systems().platens()) {
            try (var server = new Server(lab, platen, PRINTERS, false)) {
                record(lab, server, 1);
                for (int round = 1; round <= lab.plan().rounds(); round++) {
                    server.printing(lab.plan().clients(), lab.plan().time());
                    server.awaitPrinted();
                    record(lab, server, round);
                }
            }
        }
    }

    private void record(Lab lab, Server server, int round) throws IOException {
        double seconds = (double) server.restart().toMillis() / MILLIS_PER_SECOND;
        String setting = server.accepted() == 0 ? "no jobs" : "after the round's load";
        lab.record(name(), setting, server.name(), round, Map.of("start, s", seconds, "jobs in the journal", (double)
                server.accepted()));
    }
}
