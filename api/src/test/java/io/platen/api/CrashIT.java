package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.Received;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, really killed. */
final class CrashIT {
    private static final int JOBS = 200;
    private static final int SUBMITTERS = 8;

    @TempDir
    Path data;

    private record Accepted(String printer, int job, String sha256) {}

    /**
     * 200 jobs to four printers, SIGKILL at a random moment while they are submitted and printed, and
     * again a restart: every job that got its 201 is there and ends; nothing comes out twice where it must
     * not; what comes out comes in the order of acceptance.
     */
    @ParameterizedTest
    @ValueSource(longs = {11, 22, 33, 44, 55, 66, 77, 88, 99, 110})
    void losesNothingWhenKilled(long seed) throws Exception {
        var random = new Random(seed);
        var accepted = new ConcurrentLinkedQueue<Accepted>();
        try (var first = slow();
                var second = slow();
                var third = slow();
                var fourth = slow()) {
            var printers = Map.of("often-1", first, "often-2", second, "once-1", third, "once-2", fourth);
            try (var server = ServerProcess.start(data)) {
                Http http = server.http();
                printers.forEach((id, printer) -> http.printer(
                        id,
                        printer.uri(),
                        "\"delivery\":\"" + (id.startsWith("once") ? "at-most-once" : "at-least-once") + "\""));
                int killAfter = 20 + random.nextInt(JOBS - 20);
                var submitting = submitAll(http, List.copyOf(printers.keySet()), seed, accepted);
                Eventually.isTrue(() -> accepted.size() >= killAfter);
                LockSupport.parkNanos(random.nextInt(20_000_000));
                server.kill();
                submitting.join();
            }
            assertThat(accepted).as("seed " + seed).hasSizeGreaterThanOrEqualTo(20);

            try (var server = ServerProcess.start(data)) {
                Http http = server.http();
                for (Accepted job : accepted) {
                    JsonNode ended =
                            http.await("/v1/printers/" + job.printer() + "/jobs/" + job.job(), CrashIT::isAtRest);
                    assertThat(ended.path("sha256").asText()).as("seed " + seed).isEqualTo(job.sha256());
                    assertThat(ended.path("state").asText())
                            .as("seed " + seed + " " + ended)
                            .isEqualTo(
                                    job.printer().startsWith("once") && isInDoubt(ended)
                                            ? "pending-held"
                                            : "completed");
                }
            }
            printers.forEach((id, printer) -> check(id, printer.received(), accepted, "seed " + seed));
        }
    }

    /**
     * SIGKILL while every job is rejected: afterwards each accepted one is in failure storage, in the journal
     * and on disk alike, with its bytes.
     */
    @ParameterizedTest
    @ValueSource(longs = {7, 17})
    void failureStorageAndJournalAgreeWhenKilled(long seed) throws Exception {
        var random = new Random(seed);
        var accepted = new ConcurrentLinkedQueue<Accepted>();
        try (var rejecting =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(5, "ERR:FORMAT\r\n")))) {
            try (var server = ServerProcess.start(data)) {
                Http http = server.http();
                http.printer("rejects", rejecting.uri());
                int killAfter = 20 + random.nextInt(60);
                var submitting = submitAll(http, List.of("rejects"), seed, accepted);
                http.await(
                        "/v1/printers/rejects",
                        printer -> printer.path("jobs").path("failed").asInt() >= killAfter);
                server.kill();
                submitting.join();
            }
            try (var server = ServerProcess.start(data)) {
                Http http = server.http();
                for (Accepted job : accepted) {
                    http.awaitState("rejects", job.job(), "aborted");
                    Path folder = data.resolve("failures/rejects/" + job.job());
                    http.await("/health/live", live -> Files.exists(folder.resolve("diagnosis.json")));
                    assertThat(sha256(Files.readAllBytes(folder.resolve("document"))))
                            .as("seed " + seed)
                            .isEqualTo(job.sha256());
                }
                // Jobs whose answer was lost count, too; a folder follows its event.
                http.await(
                        "/v1/printers/rejects",
                        printer -> folders(data.resolve("failures/rejects"))
                                == printer.path("jobs").path("failed").asInt());
            }
        }
    }

    private static long folders(Path printer) {
        try (var folders = Files.list(printer)) {
            return folders.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM while a job hangs: ends in time, and the job goes on after the restart. */
    @Test
    void endsInTimeAndGoesOn() throws Exception {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().withReceiveBuffer(4096).with(Fault.always(Fault.Kind.NONE, 0)))) {
            printer.pause(true);
            try (var server = ServerProcess.start(data)) {
                Http http = server.http();
                http.printer("hangs", printer.uri());
                http.submit("hangs", new byte[2_000_000], "");
                http.submit("hangs", "^XA^XZ".getBytes(UTF_8), "");
                http.awaitState("hangs", 1, "processing");
                assertThat(server.terminate(10))
                        .as("ends within 10 s of SIGTERM")
                        .isTrue();
                assertThat(server.exitCode()).isZero();
            }
            printer.pause(false);
            try (var server = ServerProcess.start(data)) {
                Http http = server.http();
                JsonNode job = http.awaitState("hangs", 1, "completed");
                assertThat(job.path("attempts")
                                .path(0)
                                .path("failure")
                                .path("cause")
                                .asText())
                        .isEqualTo("interrupted");
                http.awaitState("hangs", 2, "completed");
            }
        }
    }

    private static SimulatedPrinter slow() {
        return SimulatedPrinter.start(SimulatorSettings.healthy().atBytesPerSecond(100_000));
    }

    /** Submits from several threads, each to printers of its own turn, until all are in or the server is gone. */
    private static CompletableFuture<Void> submitAll(
            Http http, List<String> printers, long seed, ConcurrentLinkedQueue<Accepted> accepted) {
        var next = new AtomicInteger();
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int thread = 0; thread < SUBMITTERS; thread++) {
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = next.getAndIncrement(); i < JOBS; i = next.getAndIncrement()) {
                    String printer = printers.get(i % printers.size());
                    byte[] body =
                            ("^XA^FDjob " + i + " of seed " + seed + "^FS^XZ" + " ".repeat(i * 7)).getBytes(UTF_8);
                    try {
                        int job = http.submit(printer, body, "");
                        accepted.add(new Accepted(printer, job, sha256(body)));
                    } catch (UncheckedIOException serverIsGone) {
                        return;
                    }
                }
            }));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private static boolean isAtRest(JsonNode job) {
        String state = job.path("state").asText();
        return state.equals("completed") || state.equals("pending-held") || state.equals("aborted");
    }

    private static boolean isInDoubt(JsonNode job) {
        return job.path("stateReasons").toString().contains("delivery-in-doubt");
    }

    private static void check(String id, List<Received> received, Iterable<Accepted> accepted, String where) {
        Map<String, Integer> jobs = new HashMap<>();
        accepted.forEach(job -> {
            if (job.printer().equals(id)) {
                jobs.put(job.sha256(), job.job());
            }
        });
        var order = received.stream()
                .filter(Received::complete)
                .map(Received::sha256)
                .filter(jobs::containsKey)
                .map(jobs::get)
                .toList();
        if (id.startsWith("once")) {
            assertThat(order).as(where + " " + id).doesNotHaveDuplicates();
        }
        assertThat(order.stream().distinct().toList()).as(where + " " + id).isSorted();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
