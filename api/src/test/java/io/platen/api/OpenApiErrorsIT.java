package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.Contract.Operation;
import io.platen.api.security.ApiToken;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal that the OpenAPI file describes is given, as it describes it. */
final class OpenApiErrorsIT {
    private static final byte[] LABEL = "^XA^FDhello^FS^XZ".getBytes(UTF_8);
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final int ACTIVE_JOBS = 4;
    private static final int PRINTERS = 5;

    /** Needs another's request between two steps of this one. */
    private static final String RACE = "PUT /v1/printers/{printer} 404";

    @TempDir
    static Path directory;

    private static Server server;
    private static String admin;
    private static Http http;
    private static Http submitter;
    private static Http limited;
    private static Http nobody;

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        Path config = Files.writeString(directory.resolve("platen.conf"), """
                platen.http { max-job-size = 100 KiB, upload.window = 1s, events.clients = 1 }
                platen.spooler { active-jobs-limit = %d, printers-limit = %d }
                """.formatted(ACTIVE_JOBS, PRINTERS));
        TokenFile tokens = TokenFile.in(data);
        admin = token(tokens, Role.ADMIN, Set.of());
        String submits = token(tokens, Role.SUBMITTER, Set.of());
        String one = token(tokens, Role.SUBMITTER, Set.of("mine"));
        server = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, config, false)));
        http = new Http(server.url(), admin);
        submitter = new Http(server.url(), submits);
        limited = new Http(server.url(), one);
        nobody = new Http(server.url());
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String token(TokenFile tokens, Role role, Set<String> printers) throws Exception {
        var issued = ApiToken.issue("test", role, printers, Instant.now(), null);
        tokens.add(issued.token());
        return issued.text();
    }

    @Test
    void everyDescribedRefusalIsGiven() throws Exception {
        try (var healthy = SimulatedPrinter.start(SimulatorSettings.healthy());
                var rejecting =
                        SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(5, "ERR:FORMAT\r\n")))) {
            http.printer("p", healthy.uri());
            credentials();
            paths();
            queries();
            bodies();
            states();
            purged(healthy, rejecting);
            full(healthy);
        }
        assertThat(described()).isEmpty();
    }

    /** What the file describes and nobody has seen. */
    private static Set<String> described() {
        Set<String> described = Contract.load().operations().stream()
                .flatMap(operation -> {
                    Set<String> statuses = new TreeSet<>();
                    operation.description().path("responses").fieldNames().forEachRemaining(statuses::add);
                    return statuses.stream()
                            .filter(status -> status.startsWith("4"))
                            .map(status -> operation + " " + status);
                })
                .collect(Collectors.toCollection(TreeSet::new));
        described.removeAll(Contract.load().seen());
        described.remove(RACE);
        return described;
    }

    private static Stream<Operation> operations(Predicate<Operation> wanted) {
        return Contract.load().operations().stream().filter(wanted);
    }

    private static Http.Answer send(Http client, Operation operation, String printer, String... headers) {
        return client.send(operation.method(), operation.path(printer, "1"), BodyPublishers.noBody(), headers);
    }

    private static void credentials() {
        operations(operation -> !operation.isOpen()).forEach(operation -> {
            assertThat(send(nobody, operation, "p").status()).isEqualTo(401);
            if (!operation.role().equals("submitter")) {
                assertThat(send(submitter, operation, "p").status()).isEqualTo(403);
            } else if (!operation.path().equals("/v1/printers")
                    && !operation.path().equals("/v1/jobs")) {
                assertThat(send(limited, operation, "p").status()).isEqualTo(403);
            }
        });
        // A page of another name that was made to point here; a form of another origin.
        assertThat(nobody.raw("GET", "/v1/printers", "Host: evil.example\r\nUser-Agent: Mozilla/5.0\r\n\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(http.post("/v1/jobs", LABEL, "Content-Type", NDJSON, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    private static void paths() {
        operations(operation -> operation.path().contains("{printer}")).forEach(operation -> {
            assertThat(send(http, operation, "NO").status()).isEqualTo(400);
            if (!operation.method().equals("PUT")) {
                assertThat(send(http, operation, "nowhere").status()).isEqualTo(404);
            }
        });
        refused(404, "GET", "/v1/operations/999", "");
        refused(404, "GET", "/problems/none", "");
    }

    private static void queries() throws Exception {
        for (String list : Set.of(
                "/v1/printers",
                "/v1/printers/p/jobs",
                "/v1/failures",
                "/v1/printers/p/failures",
                "/v1/webhooks",
                "/v1/audit")) {
            refused(400, "GET", list + "?limit=many", "");
            refused(400, "GET", list + "?after=%21", "");
            refused(422, "GET", list + "?limit=0", "");
        }
        // 2026-11/-5, which no page ever ends with.
        refused(400, "GET", "/v1/audit?after=MjAyNi0xMS8tNQ", "");
        refused(404, "GET", "/v1/failures?printer=nowhere", "");
        refused(400, "GET", "/v1/events?types=nonsense", "");
        refused(404, "GET", "/v1/events?printer=nowhere", "");
        refused(422, "GET", "/v1/events?after=999999999", "");
        var watching = HttpRequest.newBuilder(URI.create(server.url() + "/v1/events"))
                .header("Authorization", "Bearer " + admin)
                .build();
        try (var events = HttpClient.newHttpClient()
                .send(watching, BodyHandlers.ofInputStream())
                .body()) {
            assertThat(events.read()).isEqualTo(':');
            refused(429, "GET", "/v1/events", "");
        }
        refused(422, "GET", "/v1/printers/p/jobs/" + held() + "/events?limit=0", "");
    }

    private static void bodies() {
        String large = "{\"uri\":\"" + "x".repeat(70_000) + "\"}";
        refused(413, "PUT", "/v1/printers/p", large);
        refused(422, "PUT", "/v1/printers/p", "{\"uri\":\"lpt1:\"}");
        refused(412, "PUT", "/v1/printers/p", "{\"uri\":\"socket://127.0.0.1:9\"}", "If-None-Match", "*");
        for (String bulk : Set.of("/v1/failures/resubmit", "/v1/failures/discard")) {
            refused(400, "POST", bulk, "{");
            refused(404, "POST", bulk, "{\"printer\":\"nowhere\"}");
            refused(413, "POST", bulk, large);
            refused(422, "POST", bulk, "{\"printers\":\"p\"}");
        }
        String jobs = "/v1/printers/p/jobs";
        refused(413, "POST", jobs, "x".repeat(200_000));
        refused(415, "POST", jobs, "x", "Content-Encoding", "gzip");
        refused(422, "POST", jobs, "");
        refused(415, "POST", "/v1/jobs", "{}", "Content-Type", "text/plain");
        String head = "Host: localhost\r\nAuthorization: Bearer " + admin + "\r\nContent-Length: 90000\r\n\r\n";
        assertThat(http.raw("POST", jobs, head + "^XA").status()).isEqualTo(408);
    }

    private static void states() {
        int held = held();
        String job = "/v1/printers/p/jobs/" + held;
        refused(409, "DELETE", "/v1/printers/p", "");
        refused(409, "POST", job + "/retry", "");
        refused(422, "POST", job + "/move?to=p", "");
        assertThat(http.delete(job).status()).isEqualTo(200);
        refused(409, "DELETE", job, "");
        refused(409, "POST", job + "/hold", "");
        refused(409, "POST", job + "/release", "");
        http.printer("other", "socket://127.0.0.1:9");
        refused(409, "POST", job + "/move?to=other", "");
        refused(422, "POST", job + "/retry", "", "Idempotency-Key", "platen:mine");
        refused(416, "GET", job + "/document", "", "Range", "bytes=1000-");
    }

    private static int held() {
        return http.submit("p", LABEL, "?hold=true");
    }

    /** A job's print data, once it is not kept any more. */
    private static void purged(SimulatedPrinter healthy, SimulatedPrinter rejecting) throws IOException {
        http.printer("brief", healthy.uri(), "\"keepDocuments\":\"0s\"");
        int job = http.submit("brief", LABEL, "");
        http.awaitState("brief", job, "completed");
        String path = "/v1/printers/brief/jobs/" + job;
        http.awaitStatus(path + "/document", 410);
        refused(410, "POST", path + "/retry", "");
        refused(410, "POST", path + "/move?to=p", "");
        http.printer("bad", rejecting.uri(), "\"attempts\":1");
        int failed = http.submit("bad", LABEL, "");
        String failure = "/v1/printers/bad/failures/" + failed;
        http.awaitStatus(failure, 200);
        refused(410, "POST", largeFailure() + "/resubmit", "");
        refused(422, "DELETE", failure + "?reason=" + "x".repeat(1001), "");
    }

    /** One whose print data somebody has deleted: it has a file of its own. */
    private static String largeFailure() throws IOException {
        Path documents = directory.resolve("data/documents");
        Set<Path> before = files(documents);
        int job = http.submit("bad", new byte[90_000], "");
        String failure = "/v1/printers/bad/failures/" + job;
        http.awaitStatus(failure, 200);
        Set<Path> added = files(documents);
        added.removeAll(before);
        for (Path file : added) {
            Files.delete(file);
        }
        return failure;
    }

    private static Set<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void full(SimulatedPrinter healthy) {
        http.printer("full", healthy.uri());
        int ended = http.submit("full", LABEL, "?hold=true");
        http.delete("/v1/printers/full/jobs/" + ended);
        for (int i = 0; i < ACTIVE_JOBS; i++) {
            http.submit("full", LABEL, "?hold=true");
        }
        refused(429, "POST", "/v1/printers/full/jobs", "x");
        refused(429, "PUT", "/v1/printers/one-too-many", "{\"uri\":\"socket://127.0.0.1:9\"}");
        refused(429, "POST", "/v1/printers/full/jobs/" + ended + "/retry", "");
        refused(429, "POST", "/v1/printers/p/jobs/" + held() + "/move?to=full", "");
        refused(429, "POST", "/v1/printers/bad/failures/1/resubmit?to=full", "");
    }

    private static void refused(int status, String method, String path, String body, String... headers) {
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        String[] with = headers.length > 0 || body.isEmpty() ? headers : new String[] {"Content-Type", JSON};
        assertThat(http.send(method, path, publisher, with).status())
                .as("%s %s", method, path)
                .isEqualTo(status);
    }
}
