package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.Http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API refuses, and what is left of it then. */
final class RefusalsIT extends WithServer {
    /** A page of another site whose name was made to point to this machine is of the same origin as we are. */
    @Test
    void browsersMustCallThisMachineByItsName() throws Exception {
        URI url = URI.create(server.url());
        for (var host : Map.of("localhost", 200, "127.0.0.1:" + url.getPort(), 200, "evil.example", 403)
                .entrySet()) {
            try (var socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream()
                        .write(
                                "GET /v1/printers HTTP/1.1\r\nHost: %s\r\nUser-Agent: Mozilla/5.0\r\nConnection: close\r\n\r\n"
                                        .formatted(host.getKey())
                                        .getBytes(UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 " + host.getValue());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"socket\":{\"sendBuffer\":0}|socket.sendBuffer",
                "\"socket\":{\"keepAlive\":{\"count\":0}}|socket.keepAlive.count",
                "\"socket\":{\"keepAlive\":{\"cnt\":3}}|socket.keepAlive.cnt",
                "\"socket\":{\"keepAlive\":{\"idle\":\"1500ms\"}}|socket.keepAlive.idle",
                "\"socket\":{\"userTimeout\":\"1ms\"}|socket.userTimeout",
                "\"timeouts\":{\"patience\":\"1ms\"}|timeouts.patience"
            })
    void refusedSocketOptionIsNamedWithItsPath(String setting, String field) {
        Answer refused = http.put("/v1/printers/bad", "{\"uri\":\"" + healthy.uri() + "\"," + setting + "}");

        assertProblem(refused, 422, "invalid-field");
        assertThat(refused.json().path("field").asText()).isEqualTo(field);
    }

    @Test
    void checksContentDigest() throws Exception {
        http.printer("digests", healthy.uri());
        String right = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(LABEL)) + ":";
        String wrong = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(new byte[1])) + ":";

        assertThat(http.post("/v1/printers/digests/jobs", LABEL, "Content-Digest", right)
                        .status())
                .isEqualTo(201);
        Answer refused = http.post("/v1/printers/digests/jobs", LABEL, "Content-Digest", wrong);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("type").asText()).isEqualTo("/problems/digest-mismatch");
        assertThat(http.post("/v1/printers/digests/jobs", LABEL, "Content-Digest", "sha-256=:nonsense:")
                        .status())
                .isEqualTo(400);
        assertThat(http.get("/v1/printers/digests/jobs").json().path("jobs")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copies=-1", "copies=0", "copies=10000", "priority=0", "priority=101"})
    void refusesNumbersOutOfRangeAndKeepsNothing(String query) throws IOException {
        http.printer("numbers", healthy.uri());

        Answer refused = http.post("/v1/printers/numbers/jobs?" + query, LABEL);

        assertProblem(refused, 422, "invalid-field");
        assertThat(refused.json().path("field").asText()).isEqualTo(query.substring(0, query.indexOf('=')));
        assertThat(http.get("/v1/printers/numbers/jobs").json().path("jobs")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"uri\":|400|bad-json",
                "|400|bad-json",
                "[]|422|invalid-field",
                "{}|422|invalid-field",
                "{\"uri\":\"http://x\"}|422|invalid-field",
                "{\"uri\":\"socket://x:99999\"}|422|invalid-field",
                "{\"uri\":\"socket://x\",\"attempts\":\"three\"}|422|invalid-field",
                "{\"uri\":\"socket://x\",\"atempts\":3}|422|invalid-field",
                "{\"uri\":\"socket://x\",\"timeouts\":{\"stall\":\"soon\"}}|422|invalid-field",
                "{\"uri\":\"socket://x\",\"rejectPattern\":\"(\"}|422|invalid-field",
                "{\"uri\":\"socket://x\",\"confirm\":\"printed\"}|422|invalid-field"
            })
    void refusesBadProfiles(String body, int status, String type) {
        assertProblem(http.put("/v1/printers/bad-profile", body == null ? "" : body), status, type);
        assertThat(http.get("/v1/printers/bad-profile").status()).isEqualTo(404);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertProblem(http.post("/v1/printers/nobody/jobs", LABEL), 404, "no-such-printer");
        assertProblem(http.put("/v1/printers/Bad_Slug", "{\"uri\":\"socket://x\"}"), 400, "bad-printer-id");
        assertProblem(http.get("/v1/printers/nobody/jobs/1"), 404, "no-such-printer");
        http.printer("somebody", healthy.uri());
        assertProblem(http.get("/v1/printers/somebody/jobs/1"), 404, "no-such-job");
        assertProblem(http.get("/v1/printers/somebody/jobs/first"), 400, "bad-request");
        assertProblem(http.get("/v1/printers/somebody/failures/1"), 404, "no-such-job");
        assertProblem(http.get("/nothing/here"), 404, "not-found");
        Answer wrongMethod = http.send("PATCH", "/v1/printers/somebody", BodyPublishers.noBody());
        assertProblem(wrongMethod, 405, "method-not-allowed");
        assertThat(wrongMethod.header("Allow")).contains("GET", "PUT", "DELETE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v1/printers/%zz HTTP/1.1|400|bad-request",
                "GET /v1/printers/%00 HTTP/1.1|400|bad-printer-id",
                "FROB /v1/printers HTTP/1.1|501|method-unknown",
                "GET /v1/printers HTTP/9.1|505|version-not-supported"
            })
    void answersWhatIsNoHttpWithAProblem(String requestLine, int status, String type) throws IOException {
        URI uri = URI.create(server.url());
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write((requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status);
            assertThat(answer).contains("application/problem+json", "/problems/" + type);
        }
    }

    @Test
    void everyProblemTypeIsExplained() {
        Answer refused = http.get("/v1/printers/nobody");
        Answer explanation = http.get(refused.json().path("type").asText());

        assertThat(explanation.status()).isEqualTo(200);
        assertThat(explanation.json().path("explanation").asText()).isNotBlank();
    }

    @Test
    void refusesTooLargeBodyAnnouncedOrNotAndKeepsNothing() throws IOException {
        // The first small document opens a segment, which stays open.
        http.printer("small", healthy.uri());
        http.submit("small", LABEL, "");
        http.printer("large", healthy.uri());
        long before = storedFiles();
        byte[] body = random((int) MOST_BYTES + 1);

        assertProblem(http.post("/v1/printers/large/jobs", body), 413, "body-too-large");
        Answer chunked = http.send(
                "POST", "/v1/printers/large/jobs", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertProblem(chunked, 413, "body-too-large");
        assertProblem(http.post("/v1/printers/large/jobs", new byte[0]), 422, "empty-document");
        assertProblem(
                http.post("/v1/printers/large/jobs", LABEL, "Content-Encoding", "gzip"), 415, "unsupported-encoding");
        // An upload that is refused half-way is removed behind the answer.
        Eventually.is(RefusalsIT::storedFiles, files -> files == before);
        assertThat(http.get("/v1/printers/large/jobs").json().path("jobs")).isEmpty();
    }

    @Test
    void clientThatGoesAwayMidUploadLeavesNothing() throws Exception {
        http.printer("vanishes", healthy.uri());
        long before = storedFiles();
        URI uri = URI.create(server.url());
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var out = socket.getOutputStream();
            out.write("POST /v1/printers/vanishes/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
                    .getBytes(UTF_8));
            out.write(new byte[500_000]);
            out.flush();
            Eventually.is(RefusalsIT::storedFiles, files -> files > before);
        }
        Eventually.is(RefusalsIT::storedFiles, files -> files == before);
        assertThat(http.get("/v1/printers/vanishes/jobs").json().path("jobs")).isEmpty();
    }

    @Test
    void fullQueueIsSaidToBeFull() {
        http.printer("full", healthy.uri());
        http.post("/v1/printers/full/pause");
        for (int i = 0; i < 50; i++) {
            http.submit("full", LABEL, "");
        }

        Answer refused = http.post("/v1/printers/full/jobs", LABEL);
        assertProblem(refused, 429, "queue-full");
        assertThat(refused.header("Retry-After")).isNotBlank();
        assertThat(http.delete("/v1/printers/full").status()).isEqualTo(409);
        assertThat(http.delete("/v1/printers/full?force=true").status()).isEqualTo(204);
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(new String(answer.bytes(), UTF_8)).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    private static long storedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("data/documents"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (UncheckedIOException removedMeanwhile) {
            return -1;
        }
    }
}
