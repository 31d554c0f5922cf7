package io.platen.bench.cases;

import io.platen.bench.load.Load;
import io.platen.bench.load.LoadGenerator;
import io.platen.bench.load.Pace;
import io.platen.bench.sink.PrinterEnds;
import io.platen.bench.subject.PrintServer;
import io.platen.bench.subject.PrintSystem;
import io.platen.bench.subject.Setup;
import java.io.IOException;
import java.time.Duration;

/** A print server with printers of its own, and clients that submit to it. */
class Server implements AutoCloseable {
    private static final int LEAST_BACKLOG = 256;
    private static final int BACKLOG_PER_PRINTER = 4;
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(10);

    private final String name;
    private final PrinterEnds ends;
    private final PrintServer server;
    private final PrintTimes times = new PrintTimes();
    private final int backlog;
    private LoadGenerator generator;

    Server(Lab lab, PrintSystem system, int printers, boolean paused) throws IOException {
        name = system.name();
        ends = new PrinterEnds(printers);
        ends.tell(times);
        server = system.start(new Setup(lab.directory(), ends.ports(), paused));
        backlog = Math.max(LEAST_BACKLOG, BACKLOG_PER_PRINTER * printers);
        generator = new LoadGenerator(server.protocol(), times);
    }

    public String name() {
        return name;
    }

    PrinterEnds ends() {
        return ends;
    }

    PrintServer server() {
        return server;
    }

    PrintTimes times() {
        return times;
    }

    /** A fresh process; how long its start took. */
    Duration restart() throws IOException {
        Duration start = server.restart();
        generator = generator.at(server.protocol());
        return start;
    }

    Load load(Pace pace) throws IOException {
        Load load = generator.run(pace);
        if (load.refused() + load.lost() > 0) {
            throw new IOException(
                    "%s refused %d jobs and ended %d connections".formatted(name, load.refused(), load.lost()));
        }
        return load;
    }

    /** As fast as the printers print: the clients wait when more jobs than the backlog are not printed. */
    Load printing(int clients, Duration time) throws IOException {
        return load(Pace.closed(clients, time).within(() -> backlog - unprinted()));
    }

    /** How many jobs were accepted so far. */
    long accepted() {
        return generator.accepted();
    }

    long unprinted() {
        return generator.accepted() - ends.labels();
    }

    /** Waits until all that was accepted is printed. */
    void awaitPrinted() throws IOException {
        if (!ends.awaitLabels(generator.accepted(), LONGEST_SETTLING)) {
            throw new IOException("%s has %d jobs left after %s".formatted(name, unprinted(), LONGEST_SETTLING));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        ends.close();
    }
}
