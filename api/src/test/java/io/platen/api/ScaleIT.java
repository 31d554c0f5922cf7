package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.PrinterRack;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many printers on one server: what each costs, and what they do to each other when they fail together. */
final class ScaleIT {
    private static final byte[] LABEL = "^XA^FDone^FS^XZ".getBytes(UTF_8);
    private static final int MANY = 2000;
    private static final int STORM = 500;
    private static final long MOST_HEAP_EACH = 50 * 1024;
    private static final int MOST_THREADS_MORE = 32;

    @TempDir
    Path data;

    private Server server;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        Path config = Files.writeString(data.resolve("platen.conf"), "platen.printer.idle-timeout = 1h\n");
        server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, data.resolve("data"), config, false)));
        http = new Http(server.url());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void twoThousandKeptOpenPrintersCostLittleHeapAndNoThreads() {
        try (var rack = PrinterRack.start(true)) {
            connect(rack, 0, 50);
            long heapBefore = heap();
            int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();

            connect(rack, 50, 50 + MANY);
            assertThat(rack.open()).isEqualTo(50 + MANY);
            long each = (heap() - heapBefore) / MANY;
            int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;

            System.out.printf(
                    "Heap for each of %,d kept-open printers: %,d bytes; threads more: %d%n", MANY, each, threads);
            assertThat(each).as("bytes of heap for each printer").isLessThan(MOST_HEAP_EACH);
            assertThat(threads).as("threads more").isLessThan(MOST_THREADS_MORE);
        }
    }

    private void connect(PrinterRack rack, int from, int to) {
        for (int i = from; i < to; i++) {
            http.printer("p-" + i, rack.uri(), "\"connection\":\"keep-open\"");
            http.submit("p-" + i, LABEL, "");
        }
        for (int i = from; i < to; i++) {
            http.awaitState("p-" + i, 1, "completed");
        }
    }

    /** 500 go away at once, each with a job; the others print on, and the 500 come back one after the other. */
    @Test
    void stormNeitherStarvesTheHealthyNorSynchronisesItsRetries() {
        try (var rack = PrinterRack.start(true);
                var healthy = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            http.printer("healthy", healthy.uri());
            for (int i = 0; i < STORM; i++) {
                http.put(
                        "/v1/printers/s-" + i,
                        "{\"uri\":\"" + rack.uri()
                                + "\",\"connection\":\"keep-open\",\"backoff\":{\"min\":\"500ms\",\"max\":\"2s\"}}");
                http.submit("s-" + i, LABEL, "");
            }
            IntStream.range(0, STORM).forEach(i -> http.awaitState("s-" + i, 1, "completed"));
            int connectedBefore = rack.acceptedAtNanos().size();

            rack.goAway();
            IntStream.range(0, STORM).forEach(i -> http.submit("s-" + i, LABEL, ""));
            http.await(
                    "/v1/printers",
                    all -> all.path("printers").findValuesAsText("state").stream()
                                    .filter("backing-off"::equals)
                                    .count()
                            >= STORM * 9 / 10);
            for (int i = 0; i < 100; i++) {
                http.awaitState("healthy", http.submit("healthy", LABEL, ""), "completed");
            }

            rack.comeBack();
            IntStream.range(0, STORM).forEach(i -> http.awaitState("s-" + i, 2, "completed"));
            var returns = rack.acceptedAtNanos()
                    .subList(connectedBefore, rack.acceptedAtNanos().size());
            assertThat(returns).hasSize(STORM);
            assertThat(mostWithin(100_000_000L, returns))
                    .as("of %d returns within the busiest 100 ms", STORM)
                    .isLessThan(STORM / 2);
        }
    }

    private static int mostWithin(long nanos, List<Long> moments) {
        return IntStream.range(0, moments.size())
                .map(i -> (int) moments.stream()
                        .filter(at -> at - moments.get(i) >= 0 && at - moments.get(i) < nanos)
                        .count())
                .max()
                .orElse(0);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
