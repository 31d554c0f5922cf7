package io.platen.api.tools;

import com.typesafe.config.ConfigFactory;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.printer.simulator.PrinterRack;
import io.platen.printer.simulator.Scenario;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A server under load, so that the JVM can record what a server needs: on a temporary data directory and free loopback
 * ports, with simulated printers of which some fail, and with clients that use the API over keep-alive connections.
 */
public final class Rehearsal {
    /** Each per-job job keeps a port for a minute, and a rack's one address has about 28,000. */
    private static final int RACKS = 8;

    private static final int PRINTERS_OF_A_RACK = 8;
    private static final List<Scenario> FAILING = List.of(Scenario.REFUSES_THE_JOB, Scenario.RESETS_INSTEAD_OF_CLOSING);
    private static final int CLIENTS = 32;

    /** A client uses another route before every so many submissions. */
    private static final int BESIDE = 16;

    private static final int JOB_BYTES = 1024;

    /** Clients pause while more jobs wait, because printing is to be rehearsed, too. */
    private static final int MOST_WAITING = 512;

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final int CREATED = 201;

    private final List<PrinterRack> racks = new ArrayList<>();
    private final List<SimulatedPrinter> failing = new ArrayList<>();
    private final List<String> printers = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private final byte[] label = label();

    private Rehearsal() {}

    /**
     * Runs a rehearsal. It leaves nothing behind but the ports of its connections, which the kernel keeps in TIME_WAIT for
     * a minute.
     *
     * @param parent where the temporary data directory is made
     * @param duration how long the load lasts; start and end come on top
     * @param afterwards is given the server's URL after the load, while the server still runs
     * @return how many jobs were accepted for printers that do not fail
     */
    public static long run(Path parent, Duration duration, Consumer<String> afterwards)
            throws StartException, IOException {
        Path data = Files.createTempDirectory(parent, "platen-rehearsal-");
        try {
            return new Rehearsal().play(settings(data), duration, afterwards);
        } finally {
            RecordedHistory.deleteTree(data);
        }
    }

    private static ServerSettings settings(Path data) {
        ServerSettings usual = ServerSettings.read(new ServerSettings.Overrides(0, "127.0.0.1", data, null, false));
        if (!usual.dataDirectory().equals(data)) {
            throw new IllegalStateException("A rehearsal never runs on a data directory that somebody has set");
        }
        return new ServerSettings(
                ConfigFactory.parseString("platen.http.submissions { per-second = 1000000, burst = 10000000 }")
                        .withFallback(usual.config()),
                data,
                "127.0.0.1",
                usual.port(),
                usual.freeSpaceReserveBytes(),
                Duration.ofSeconds(1),
                false);
    }

    private long play(ServerSettings settings, Duration duration, Consumer<String> afterwards)
            throws StartException, IOException {
        Server server = Server.start(settings);
        try {
            var url = URI.create(server.url());
            var address = new InetSocketAddress(url.getHost(), url.getPort());
            createPrinters(address);
            load(address, System.nanoTime() + duration.toNanos());
            afterwards.accept(server.url());
            return accepted.get();
        } finally {
            server.stop();
            racks.forEach(PrinterRack::close);
            failing.forEach(SimulatedPrinter::close);
        }
    }

    private void createPrinters(InetSocketAddress server) throws IOException {
        try (var client = new RehearsalClient(server)) {
            for (int number = 0; number < RACKS; number++) {
                var rack = PrinterRack.start(true);
                racks.add(rack);
                String connection = number % 2 == 0 ? "per-job" : "keep-open";
                for (int printer = 0; printer < PRINTERS_OF_A_RACK; printer++) {
                    String id = connection + "-" + number + "-" + printer;
                    client.put(id, rack.uri(), connection);
                    printers.add(id);
                }
            }
            for (Scenario scenario : FAILING) {
                var printer = SimulatedPrinter.start(scenario.in(SimulatorSettings.healthy(), 0));
                failing.add(printer);
                client.put(scenario.title(), printer.uri(), "per-job");
            }
        }
    }

    private void load(InetSocketAddress server, long end) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (var watcher = new RehearsalClient(server)) {
            threads.execute(() -> watch(watcher));
            List<Callable<Boolean>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                clients.add(() -> use(server, first, end));
            }
            for (Future<Boolean> client : threads.invokeAll(clients)) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a client of the rehearsal failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void watch(RehearsalClient watcher) {
        try {
            watcher.watch();
        } catch (IOException e) {
            // The watcher trains the stream of events; the rehearsal does without it.
        }
    }

    private boolean use(InetSocketAddress server, int first, long end) throws IOException {
        try (var client = new RehearsalClient(server)) {
            int turn = 0;
            do {
                String printer = printers.get((first + turn * CLIENTS) * 7 % printers.size());
                if (turn % BESIDE == BESIDE - 1) {
                    beside(client, printer, first + turn / BESIDE);
                }
                submit(client, printer, "");
                while (isBehind() && System.nanoTime() < end) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                turn++;
            } while (System.nanoTime() < end);
        }
        return true;
    }

    private void submit(RehearsalClient client, String printer, String headers) throws IOException {
        if (client.submit(printer, label, headers) == CREATED) {
            accepted.incrementAndGet();
        }
    }

    private boolean isBehind() {
        long printed = racks.stream().mapToLong(PrinterRack::bytes).sum() / JOB_BYTES;
        return accepted.get() - printed > MOST_WAITING;
    }

    /** What clients do besides submitting. Refusals are part of it. */
    private void beside(RehearsalClient client, String printer, int turn) throws IOException {
        String jobs = "/v1/printers/" + printer + "/jobs";
        switch (turn % 10) {
            case 0, 1 -> client.get(jobs + "/1");
            case 2 -> client.get(jobs + "?limit=20");
            case 3 -> client.get("/v1/printers/" + printer);
            case 4 -> client.get("/v1/printers?limit=20");
            case 5 -> submit(client, printer, "Idempotency-Key: rehearsal-" + turn + "\r\n");
            case 6 -> client.submit(FAILING.get(turn / 10 % FAILING.size()).title(), label, "");
            case 7 -> client.get("/v1/failures");
            case 8 -> client.get("/metrics");
            default -> client.get("/v1/printers/no-such-printer");
        }
    }

    private static byte[] label() {
        String head = "^XA^FO50,50^A0N,40,40^FDRehearsal^FS^FX";
        String tail = "^FS^XZ\n";
        return (head + "x".repeat(JOB_BYTES - head.length() - tail.length()) + tail)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
