package io.platen.bench.cases;

import io.platen.bench.load.Pace;
import io.platen.bench.subject.PlatenServer;
import io.platen.bench.subject.PlatenSystem;
import io.platen.bench.subject.ProcessFigures;
import io.platen.bench.subject.Programs;
import io.platen.bench.subject.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one job costs an idle, warm server, in counts: they are nearly the same on every machine. */
final class Counts implements Case {
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final int JOBS = 200;

    @Override
    public String name() {
        return "counts";
    }

    @Override
    public String description() {
        return "context switches, bytes written and system calls for one job on an idle, warm server";
    }

    @Override
    public void run(Lab lab) throws IOException {
        if (Programs.find("strace").isEmpty()) {
            lab.note("counts is left out: strace is not installed (Debian: apt-get install strace).");
            return;
        }
        for (PlatenSystem platen : lab.systems().platens()) {
            try (var server = new Server(lab, platen, 1, false)) {
                server.printing(lab.plan().clients(), lab.plan().warmUp());
                server.awaitPrinted();
                for (int round = 1; round <= lab.plan().rounds(); round++) {
                    lab.record(name(), "one job at a time, idle", platen.name(), round, count(lab, server));
                }
            }
        }
    }

    /** First without strace, which wakes threads itself. */
    private static Map<String, Double> count(Lab lab, Server server) throws IOException {
        ProcessFigures figures = server.server().figures();
        long switches = figures.voluntarySwitches();
        long bytes = figures.writtenBytes();
        double jobs = jobs(server);
        var counts = new LinkedHashMap<String, Double>();
        counts.put("voluntary context switches per job", (figures.voluntarySwitches() - switches) / jobs);
        counts.put("bytes written per job", (figures.writtenBytes() - bytes) / jobs);
        Path table = lab.directory();
        try (var calls = SystemCalls.of(((PlatenServer) server.server()).pid(), table)) {
            double traced = jobs(server);
            calls.stop().forEach((call, count) -> counts.put(call + " per job", count / traced));
        }
        return counts;
    }

    /** One after another, each once the one before is printed; how many. */
    private static double jobs(Server server) throws IOException {
        long before = server.accepted();
        server.load(new Pace(1, TIME, 0, () -> {
            boolean free = server.unprinted() == 0 && server.accepted() < before + JOBS;
            return free ? 1 : 0;
        }));
        server.awaitPrinted();
        return server.accepted() - before;
    }
}
