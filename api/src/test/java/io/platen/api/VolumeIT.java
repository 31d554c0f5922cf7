package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.printer.simulator.Received;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.BufferedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One huge job and many small ones, through a server with a small heap. */
final class VolumeIT {
    private static final long GIBIBYTE = 1L << 30;
    private static final int PRINTERS = 50;
    private static final int JOBS_EACH = 20;

    @TempDir
    Path directory;

    @Test
    void gibibyteArrivesByteForByteThroughSmallHeap() throws Exception {
        Path file = directory.resolve("job.prn");
        String sha256 = writeRandom(file, GIBIBYTE);
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy());
                var server = ServerProcess.start(directory.resolve("data"), "-Xmx256m")) {
            Http http = server.http();
            http.printer("big", printer.uri());
            var answer = http.send("POST", "/v1/printers/big/jobs", BodyPublishers.ofFile(file));
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().path("sha256").asText()).isEqualTo(sha256);

            JsonNode job = http.await(
                    "/v1/printers/big/jobs/1",
                    Duration.ofMinutes(5),
                    json -> json.path("state").asText().equals("completed"));
            assertThat(job.path("attempts")
                            .path(0)
                            .path("bytes")
                            .path("acknowledged")
                            .asLong())
                    .isEqualTo(GIBIBYTE);
            assertThat(printer.received()).extracting(Received::sha256).containsExactly(sha256);
        }
    }

    @Test
    void thousandJobsOnFiftyPrintersAtOnceArriveInOrder() throws Exception {
        var printers = new ArrayList<SimulatedPrinter>();
        try (var server = ServerProcess.start(directory.resolve("data"), "-Xmx256m")) {
            Http http = server.http();
            Map<String, List<String>> expected = new HashMap<>();
            for (int p = 0; p < PRINTERS; p++) {
                var printer = SimulatedPrinter.start(SimulatorSettings.healthy());
                printers.add(printer);
                http.printer("p" + p, printer.uri());
            }
            var submitting = new ArrayList<CompletableFuture<Void>>();
            for (int p = 0; p < PRINTERS; p++) {
                String id = "p" + p;
                List<String> shas = new ArrayList<>();
                expected.put(id, shas);
                submitting.add(CompletableFuture.runAsync(() -> {
                    for (int j = 0; j < JOBS_EACH; j++) {
                        byte[] body = new byte[1024];
                        new Random(id.hashCode() * 31L + j).nextBytes(body);
                        http.submit(id, body, "");
                        shas.add(sha256(body));
                    }
                }));
            }
            CompletableFuture.allOf(submitting.toArray(CompletableFuture[]::new))
                    .join();
            for (int p = 0; p < PRINTERS; p++) {
                http.awaitState("p" + p, JOBS_EACH, "completed");
                assertThat(printers.get(p).received())
                        .extracting(Received::sha256)
                        .containsExactlyElementsOf(expected.get("p" + p));
            }
        } finally {
            printers.forEach(SimulatedPrinter::close);
        }
    }

    private static String writeRandom(Path file, long size) throws Exception {
        var random = new Random(42);
        byte[] block = new byte[1 << 20];
        var digest = MessageDigest.getInstance("SHA-256");
        try (var out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest)) {
            for (long written = 0; written < size; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
