package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.Contract.Operation;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OpenAPI file against the server, in both directions: what is described is there, and what is there is described.
 * That every answer is as described is checked by {@link Http}, for every test that uses it.
 */
final class OpenApiIT {
    private static final byte[] LABEL = "^XA^FDhello^FS^XZ".getBytes(UTF_8);

    /** A stream, which {@link EventsIT} reads, and what only a crash in the middle of a resubmission leads to. */
    private static final Set<String> SEEN_ELSEWHERE =
            Set.of("GET /v1/events 200", "POST /v1/printers/{printer}/failures/{job}/resubmit 200");

    @TempDir
    static Path data;

    private static Server server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, null, false)));
        http = new Http(server.url());
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void pathsHaveTheDescribedMethodsAndNoOthers() {
        http.printer("methods", "socket://127.0.0.1:9");
        http.submit("methods", LABEL, "?hold=true");
        for (String path : paths()) {
            Set<String> described = Contract.load().operations().stream()
                    .filter(operation -> operation.path().equals(path))
                    .map(Operation::method)
                    .collect(Collectors.toCollection(TreeSet::new));
            var options = http.send(
                    "OPTIONS",
                    Contract.load().operations().stream()
                            .filter(operation -> operation.path().equals(path))
                            .findFirst()
                            .orElseThrow()
                            .path("methods", "1"),
                    BodyPublishers.noBody());
            assertThat(options.status()).as(path).isEqualTo(204);
            Set<String> there =
                    new TreeSet<>(Arrays.asList(options.header("Allow").split(", ", -1)));
            there.removeAll(Set.of("OPTIONS", "HEAD"));
            assertThat(there).as(path).isEqualTo(described);
        }
    }

    private static Set<String> paths() {
        return Contract.load().operations().stream()
                .map(Operation::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each success that the file describes is given at least once. */
    @Test
    void everyDescribedSuccessIsGiven() throws Exception {
        try (var healthy = SimulatedPrinter.start(SimulatorSettings.healthy());
                var rejecting =
                        SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(5, "ERR:FORMAT\r\n")))) {
            printers(healthy, rejecting);
            jobs();
            failures();
            server();
        }
        Set<String> described = Contract.load().operations().stream()
                .flatMap(operation -> {
                    Set<String> statuses = new TreeSet<>();
                    operation.description().path("responses").fieldNames().forEachRemaining(statuses::add);
                    return statuses.stream()
                            .filter(status -> status.startsWith("2"))
                            .map(status -> operation + " " + status);
                })
                .filter(answer -> !SEEN_ELSEWHERE.contains(answer))
                .collect(Collectors.toCollection(TreeSet::new));
        described.removeAll(Contract.load().seen());
        assertThat(described).isEmpty();
    }

    private static void printers(SimulatedPrinter healthy, SimulatedPrinter rejecting) {
        http.printer("good", healthy.uri());
        http.printer("good", healthy.uri(), "\"displayName\":\"Good\"");
        http.printer("bad", rejecting.uri(), "\"attempts\":1");
        http.printer("gone", healthy.uri());
        var printer = http.get("/v1/printers/good");
        String tag = printer.header("ETag");
        String settings = "{\"uri\":\"" + healthy.uri() + "\",\"language\":\"zpl\"}";
        assertThat(put("good", settings, "If-Match", tag)).isEqualTo(200);
        assertThat(put("good", "{\"uri\":\"" + healthy.uri() + "\"}", "If-Match", tag))
                .isEqualTo(412);
        assertThat(put("good", settings, "If-None-Match", "*")).isEqualTo(412);
        assertThat(put("nobody", settings, "If-Match", "*")).isEqualTo(412);
        assertThat(put("new", settings, "If-None-Match", "*")).isEqualTo(201);
        http.post("/v1/printers/good/pause");
        http.post("/v1/printers/good/resume");
        http.delete("/v1/printers/gone");
        var first = http.get("/v1/printers?limit=2").json();
        assertThat(first.path("printers")).hasSize(2);
        var second = http.get(
                        "/v1/printers?limit=1000&after=" + first.path("next").asText())
                .json();
        assertThat(second.path("printers").size() + 2)
                .isEqualTo(http.get("/v1/printers").json().path("printers").size());
        assertThat(second.has("next")).isFalse();
    }

    private static int put(String printer, String settings, String header, String value) {
        return http.send("PUT", "/v1/printers/" + printer, BodyPublishers.ofString(settings), header, value)
                .status();
    }

    private static void jobs() {
        int job = http.submit("good", LABEL, "", "Idempotency-Key", "once");
        assertThat(http.post("/v1/printers/good/jobs", LABEL, "Idempotency-Key", "once")
                        .status())
                .isEqualTo(200);
        http.awaitState("good", job, "completed");
        String path = "/v1/printers/good/jobs/" + job;
        http.get("/v1/printers/good/jobs");
        http.get(path + "/events");
        var page = http.get(path + "/events?limit=1").json();
        assertThat(page.path("events")).hasSize(1);
        assertThat(http.get(path + "/events?after=" + page.path("next").asText())
                        .json()
                        .path("events"))
                .hasSize(2);
        http.get(path + "/document");
        http.get(path + "/document", "Range", "bytes=0-1");
        http.post(path + "/retry", "Idempotency-Key", "again");
        http.post(path + "/retry", "Idempotency-Key", "again");
        int held = http.submit("good", LABEL, "?hold=true");
        http.post("/v1/printers/good/jobs/" + held + "/move?to=new");
        int waiting = http.submit("good", LABEL, "?hold=true");
        http.post("/v1/printers/good/jobs/" + waiting + "/release");
        http.post("/v1/printers/good/pause");
        int pending = http.submit("good", LABEL, "");
        http.post("/v1/printers/good/jobs/" + pending + "/hold");
        http.delete("/v1/printers/good/jobs/" + pending);
        http.post("/v1/printers/good/resume");
        http.post(
                "/v1/jobs",
                "{\"printer\":\"good\",\"content\":\"XlhB\"}\n{\"printer\":\"nowhere\",\"content\":\"XlhB\"}"
                        .getBytes(UTF_8),
                "Content-Type",
                "application/x-ndjson");
    }

    private static void failures() {
        for (int i = 0; i < 6; i++) {
            http.submit("bad", LABEL, "");
        }
        http.await("/v1/failures?printer=bad", list -> list.path("failures").size() == 6);
        var page = http.get("/v1/failures?limit=2").json();
        http.get("/v1/failures?after=" + page.path("next").asText());
        http.get("/v1/printers/bad/failures");
        http.get("/v1/printers/bad/failures/1");
        http.awaitStatus("/v1/printers/bad/failures/1/evidence", 200);
        http.post("/v1/printers/bad/failures/1/resubmit?to=good");
        http.delete("/v1/printers/bad/failures/2?reason=test");
        assertThat(bulk("resubmit", "{\"printer\":\"bad\",\"dryRun\":true}")
                        .path("matched")
                        .asInt())
                .isEqualTo(4);
        var resubmitted = bulk(
                "resubmit",
                "{\"printer\":\"bad\",\"cause\":\"%s\",\"to\":\"good\"}"
                        .formatted(page.path("failures")
                                .path(0)
                                .path("failure")
                                .path("cause")
                                .asText()));
        assertThat(resubmitted.path("done").asInt()).isEqualTo(4);
        assertThat(http.get("/v1/failures?printer=bad").json().path("failures")).isEmpty();
        http.submit("bad", LABEL, "");
        http.await("/v1/failures?printer=bad", list -> list.path("failures").size() == 1);
        assertThat(bulk("discard", "{\"printer\":\"bad\",\"reason\":\"test\"}")
                        .path("done")
                        .asInt())
                .isEqualTo(1);
        http.get("/v1/operations");
        http.get("/v1/operations/1");
    }

    private static JsonNode bulk(String what, String filter) {
        var answer = http.post("/v1/failures/" + what, filter.getBytes(UTF_8), "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(202);
        return answer.json();
    }

    private static void server() {
        http.get("/v1/audit");
        http.get("/v1/webhooks");
        String metrics = new String(http.get("/metrics").bytes(), UTF_8);
        assertThat(metrics)
                .contains("platen_jobs_submitted_total", "platen_queue_jobs{condition=\"pending\",printer=\"good\"}");
        http.get("/health/live");
        http.get("/health/ready");
        http.get("/problems/not-found");
        http.get("/openapi.yaml");
        assertThat(new String(http.get("/docs/").bytes(), UTF_8)).contains("swagger-ui-bundle.js");
        assertThat(http.get("/docs/swagger-ui-bundle.js").status()).isEqualTo(200);
        assertThat(http.get("/docs/swagger-ui.css").status()).isEqualTo(200);
    }
}
