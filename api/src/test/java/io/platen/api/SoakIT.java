package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.security.ApiToken;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.printer.simulator.HostilePrinter;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile printers and hostile clients work on a server with a small heap while honest ones go on: nothing is lost, the
 * honest hardly notice, and nothing grows. {@code -Dplaten.soak.seconds=600} makes it long.
 */
final class SoakIT {
    private static final boolean IS_LONG = Integer.getInteger("platen.soak.seconds") != null;
    private static final int SECONDS = Integer.getInteger("platen.soak.seconds", 90);
    private static final int BEFORE_SECONDS = 20;
    private static final int PRINTERS = 50;
    private static final int CLIENTS = 10;
    private static final long PACE_MILLIS = 100;

    /** Where the honest wait so little, three times as long is still nothing; the load comes from the same two cores. */
    private static final double UNNOTICED_MILLIS = IS_LONG ? 100 : 300;

    @TempDir
    static Path data;

    private static ServerProcess server;
    private static String submitter;
    private static String admin;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Milliseconds of answers. */
    private final ConcurrentLinkedQueue<Double> waits = new ConcurrentLinkedQueue<>();

    private final AtomicIntegerArray accepted = new AtomicIntegerArray(PRINTERS);
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** What the server holds, at one moment. */
    private record Held(double heapMebibytes, double files) {}

    @BeforeAll
    static void start() throws IOException {
        submitter = token(Role.SUBMITTER);
        admin = token(Role.ADMIN);
        server = ServerProcess.start(data, "-Xmx256m", "-Dplaten.spooler.finished-jobs-kept=20");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void honestPrintersAndClientsHardlyNotice() throws Exception {
        var threads = Executors.newCachedThreadPool();
        var healthy = new ArrayList<SimulatedPrinter>();
        var hostile = new ArrayList<HostilePrinter>();
        try {
            var http = new Http(server.url(), admin);
            for (int i = 0; i < PRINTERS; i++) {
                var printer = SimulatedPrinter.start(SimulatorSettings.healthy());
                healthy.add(printer);
                http.printer("healthy-" + i, printer.uri());
            }
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                threads.execute(() -> submitAgainAndAgain(number));
            }
            pause(BEFORE_SECONDS / 2);
            waits.clear();
            pause(BEFORE_SECONDS);
            double before = percentile99();
            waits.clear();

            for (HostilePrinter.Kind kind : HostilePrinter.Kind.values()) {
                var printer = HostilePrinter.start(kind);
                hostile.add(printer);
                for (String connection : List.of("keep-open", "per-job")) {
                    String id =
                            "hostile-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + connection;
                    http.printer(
                            id,
                            printer.uri(),
                            "\"connection\":\"" + connection + "\"",
                            "\"confirm\":\"printed\"",
                            "\"rejectPattern\":\"^(.*a){20}x\"");
                    for (int job = 0; job < 3; job++) {
                        http.submit(id, ("^XA^FDhostile " + job + "^FS^XZ").getBytes(UTF_8), "");
                    }
                }
            }
            attack(threads);
            pause(SECONDS / 3);
            Held begun = held();
            pause(SECONDS - SECONDS / 3);
            Held last = held();
            double during = percentile99();
            over = true;
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

            System.out.printf(
                    "The honest waited %.1f ms before and %.1f ms during (99%%); %s at a third, %s at the end%n",
                    before, during, begun, last);
            assertThat(troubles).isEmpty();
            for (int i = 0; i < PRINTERS; i++) {
                var printer = healthy.get(i);
                int jobs = accepted.get(i);
                http.await(
                        "/v1/printers/healthy-" + i,
                        now -> now.path("jobs").path("pending").asInt() == 0
                                && now.path("jobs").path("processing").asInt() == 0);
                assertThat(jobs).isPositive();
                assertThat(printer.labels()).as("labels of printer " + i).isEqualTo(jobs);
            }
            assertThat(during)
                    .as("before it was " + before)
                    .isLessThanOrEqualTo(Math.max(3 * before, UNNOTICED_MILLIS));
            assertThat(last.heapMebibytes())
                    .as("live heap, MiB")
                    .isLessThan(1.3 * begun.heapMebibytes() + (IS_LONG ? 10 : 40));
            assertThat(last.files()).as("open files").isLessThan(1.2 * begun.files() + 50);
            assertThat(server.isAlive()).isTrue();
        } finally {
            over = true;
            threads.shutdownNow();
            healthy.forEach(SimulatedPrinter::close);
            hostile.forEach(HostilePrinter::close);
        }
    }

    private static String token(Role role) throws IOException {
        var issued = ApiToken.issue("soak", role, Set.of(), Instant.now(), null);
        TokenFile.in(data).add(issued.token());
        return issued.text();
    }

    private void submitAgainAndAgain(int client) {
        int job = 0;
        while (!over) {
            int printer = (client + job * CLIENTS) % PRINTERS;
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/printers/healthy-" + printer + "/jobs"))
                    .header("Authorization", "Bearer " + submitter)
                    .POST(BodyPublishers.ofString("^XA^FDclient " + client + " job " + job + "^FS^XZ"))
                    .build();
            long start = System.nanoTime();
            try {
                var answer = CLIENT.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 201) {
                    accepted.incrementAndGet(printer);
                } else {
                    troubles.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException | InterruptedException e) {
                if (!over) {
                    troubles.add(e.toString());
                }
            }
            waits.add((System.nanoTime() - start) / 1e6);
            job++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS));
        }
    }

    /** Five clients, each with another weapon. */
    private void attack(ExecutorService threads) {
        threads.execute(() -> again(() -> hold("", 40)));
        threads.execute(() -> again(() -> hold("GET / HTTP/1.1\r\nX: ", 40)));
        threads.execute(() -> again(() -> hold(
                "POST /v1/printers/healthy-1/jobs HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\nAuthorization: Bearer "
                        + submitter + "\r\n\r\n",
                10)));
        threads.execute(() -> again(() ->
                hold("GET /v1/events HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + submitter + "\r\n\r\n", 50)));
        threads.execute(() -> again(() -> {
            exchange(
                    "POST",
                    "/v1/jobs",
                    submitter,
                    "{\"printer\":\"healthy-1\",\"content\":\"XlhBXlha\",\"name\":\"\\ud83c\"}\n");
            exchange(
                    "POST",
                    "/v1/jobs",
                    submitter,
                    "{\"printer\":\"healthy-1\",\"content\":\"!\",\"contentType\":\"garbage\"}\n[\n");
            exchange("PUT", "/v1/printers/x", submitter, "{");
            exchange("GET", "/v1/printers", "eyJhbGciOiJSUzI1NiJ9.e30.x", "");
            exchange("GET", "/v1/failures?printer=%00%1b", submitter, "");
            LockSupport.parkNanos(20_000_000);
        }));
    }

    private interface Assault {
        void run() throws IOException, InterruptedException;
    }

    private void again(Assault assault) {
        while (!over) {
            try {
                assault.run();
            } catch (IOException e) {
                // Cut off, as it should be.
                LockSupport.parkNanos(10_000_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Opens connections, drips on them for a while, and leaves. */
    private void hold(String head, int connections) throws IOException {
        var held = new ArrayList<HostileClient>();
        try {
            for (int i = 0; i < connections; i++) {
                held.add(new HostileClient(server.url()).send(head));
            }
            for (int i = 0; i < 20 && !over; i++) {
                LockSupport.parkNanos(250_000_000);
                if (!head.isEmpty()) {
                    for (HostileClient client : held) {
                        client.send("a");
                    }
                }
            }
        } finally {
            for (HostileClient client : held) {
                client.close();
            }
        }
    }

    private static void exchange(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/x-ndjson")
                        .timeout(Duration.ofSeconds(20))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.discarding());
    }

    /** After a collection: what is left is held. */
    private static Held held() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        assertThat(new ProcessBuilder(jcmd, "" + server.pid(), "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        String metrics = CLIENT.send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                .header("Authorization", "Bearer " + admin)
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new Held(
                sum(metrics, "jvm_memory_used_bytes{area=\"heap\"") / (1 << 20),
                sum(metrics, "process_files_open_files"));
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private double percentile99() {
        var sorted = waits.stream().sorted().toList();
        assertThat(sorted).isNotEmpty();
        return sorted.get(sorted.size() * 99 / 100);
    }

    /** The honest work meanwhile. */
    private static void pause(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
