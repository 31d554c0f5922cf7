package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.api.wire.Json;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failure storage on disk: readable without Platen, in step with the journal, and not for ever. */
final class FailureStorageIT {
    private static final byte[] LABEL = "^XA^FDone^FS^XZ".getBytes(UTF_8);

    @TempDir
    Path data;

    private Server server;
    private Http http;
    private SimulatedPrinter rejecting;

    @BeforeEach
    void start() throws StartException {
        rejecting =
                SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(5, "ERR:FORMAT bad command\r\n")));
        serve("");
        http.printer("rejects", rejecting.uri());
    }

    @AfterEach
    void stop() {
        server.stop();
        rejecting.close();
    }

    private void serve(String config) throws StartException {
        Path file = null;
        if (!config.isEmpty()) {
            file = data.resolve("platen.conf");
            try {
                Files.writeString(file, config);
            } catch (IOException e) {
                throw new StartException("No configuration", e);
            }
        }
        server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, "127.0.0.1", data.resolve("data"), file, false)));
        http = new Http(server.url());
    }

    @Test
    void folderHasAllThatIsKnown() throws IOException {
        int job = quarantine(LABEL);
        Path folder = folder(job);

        assertThat(folder.resolve("document")).hasBinaryContent(LABEL);
        JsonNode diagnosis = json(folder.resolve("diagnosis.json"));
        assertThat(diagnosis.path("failure").path("cause").asText()).isEqualTo("printer-rejected");
        assertThat(diagnosis.path("failure").path("endedBy").asText()).isEqualTo("printer");
        assertThat(json(folder.resolve("transcript.json")).findValuesAsText("event"))
                .contains("syn", "connected", "reply");
        assertThat(json(folder.resolve("events.json")).path("events").findValuesAsText("type"))
                .containsExactly("job-submitted", "attempt-started", "attempt-failed");
        assertThat(json(folder.resolve("host.json")).has("os")).isTrue();
        assertThat(folder.resolve("log.txt")).content().contains("[rejects]").contains("printer-rejected");
    }

    @Test
    void evidenceIsTheFolderAsAZip() throws IOException {
        byte[] document = new byte[3_000_000];
        new Random(1).nextBytes(document);
        int job = quarantine(document);

        var answer = http.get("/v1/printers/rejects/failures/" + job + "/evidence");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
        assertThat(answer.header("Content-Disposition")).contains("rejects-" + job + ".zip");
        Map<String, byte[]> files = unzip(answer.bytes());
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "diagnosis.json", "document", "events.json", "host.json", "log.txt", "transcript.json");
        assertThat(files.get("document")).isEqualTo(document);
        assertThat(http.get("/v1/printers/rejects/failures/99/evidence").status())
                .isEqualTo(404);
    }

    @Test
    void folderGoesWithTheFailure() {
        int discarded = quarantine(LABEL);
        int resubmitted = quarantine(LABEL);
        http.delete("/v1/printers/rejects/failures/" + discarded + "?reason=torn");
        http.await("/health/live", live -> Files.notExists(folder(discarded)));

        assertThat(folder(resubmitted)).exists();
        http.post("/v1/printers/rejects/failures/" + resubmitted + "/resubmit");
        http.await("/health/live", live -> Files.notExists(folder(resubmitted)));
    }

    /** As a crash leaves it behind: before the event, and after it. */
    @Test
    void foldersAgreeWithTheJournalAgainAfterACrash() throws Exception {
        int job = quarantine(LABEL);
        server.stop();
        Path unknown = Files.createDirectories(folder(77));
        Files.writeString(unknown.resolve("document"), "of a job that no event knows");
        Path unfinished = Files.createDirectories(data.resolve("data/failures/.incoming/half"));
        deleteTree(folder(job));

        serve("");
        http.await("/health/live", live -> Files.exists(folder(job)) && Files.notExists(unknown));
        assertThat(unfinished).doesNotExist();
        assertThat(folder(job).resolve("document")).hasBinaryContent(LABEL);
        assertThat(json(folder(job).resolve("diagnosis.json"))
                        .path("failure")
                        .path("cause")
                        .asText())
                .isEqualTo("printer-rejected");
        assertThat(folder(job).resolve("log.txt")).content().contains("made again from the journal");
        assertThat(json(folder(job).resolve("host.json")).has("lost")).isTrue();
    }

    /** A failing disk holds the folders, but neither the printer nor the jobs that are refused meanwhile. */
    @Test
    void printerGoesOnWhileItsFoldersCannotBeWritten() throws IOException {
        Path storage = data.resolve("data/failures");
        Path away = data.resolve("data/failures-away");
        Files.move(storage, away);
        Files.createFile(storage);

        int first = http.submit("rejects", LABEL, "");
        int second = http.submit("rejects", LABEL, "");
        http.awaitState("rejects", first, "aborted");
        http.awaitState("rejects", second, "aborted");
        assertThat(http.get("/v1/printers/rejects/failures/" + first + "/evidence")
                        .status())
                .isEqualTo(503);

        Files.delete(storage);
        Files.move(away, storage);
        http.await("/health/live", live -> Files.exists(folder(first)) && Files.exists(folder(second)));
        assertThat(folder(first).resolve("log.txt")).content().contains("printer-rejected");
    }

    @Test
    void failuresThatAreTooOldExpire() throws Exception {
        int job = quarantine(LABEL);
        server.stop();

        serve("platen.spooler.failures.keep-for = 0s");
        http.await(
                "/v1/printers/rejects/failures", list -> list.path("failures").isEmpty());
        http.await("/health/live", live -> Files.notExists(folder(job)));
        JsonNode events =
                http.get("/v1/printers/rejects/jobs/" + job + "/events").json();
        assertThat(events.path("events").findValuesAsText("reason").toString()).contains("expired");
    }

    @Test
    void oldestExpireWhenThereIsTooMuch() throws Exception {
        int old = quarantine(new byte[50_000]);
        int young = quarantine(new byte[50_000]);
        server.stop();

        serve("platen.spooler.failures.keep-bytes = 60000");
        http.await(
                "/v1/printers/rejects/failures", list -> list.path("failures").size() == 1);
        http.await("/health/live", live -> Files.notExists(folder(old)));
        assertThat(folder(young)).exists();
    }

    /** The folder follows the event. */
    private int quarantine(byte[] document) {
        int job = http.submit("rejects", document, "");
        http.awaitState("rejects", job, "aborted");
        http.await("/health/live", live -> Files.exists(folder(job)));
        return job;
    }

    private Path folder(int job) {
        return data.resolve("data/failures/rejects/" + job);
    }

    private static JsonNode json(Path file) throws IOException {
        return Json.parse(Files.readString(file));
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        var files = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), zip.readAllBytes());
            }
        }
        return files;
    }

    private static void deleteTree(Path tree) throws IOException {
        try (var files = Files.list(tree)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(tree);
    }
}
