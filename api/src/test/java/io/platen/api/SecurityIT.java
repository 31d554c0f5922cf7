package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.platen.api.Contract.Operation;
import io.platen.api.security.ApiToken;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, on every route that the OpenAPI file has. */
final class SecurityIT {
    /** All that everybody may see. A route that is open and not here is a hole. */
    private static final Set<String> OPEN = Set.of(
            "GET /health/live", "GET /health/ready", "GET /problems/{problem}", "GET /openapi.yaml", "GET /docs/");

    private static final String ISSUER = "https://login.example";

    @TempDir
    static Path directory;

    private static Server server;
    private static TokenFile tokens;
    private static ECKey key;
    private static String submitter;
    private static String limited;
    private static String operator;
    private static String admin;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        tokens = TokenFile.in(data);
        submitter = token(Role.SUBMITTER, Set.of(), null);
        limited = token(Role.SUBMITTER, Set.of("mine"), null);
        operator = token(Role.OPERATOR, Set.of(), null);
        admin = token(Role.ADMIN, Set.of(), null);
        key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        Path keys = Files.writeString(directory.resolve("keys.json"), new JWKSet(key).toString());
        Path config = Files.writeString(directory.resolve("platen.conf"), """
                platen.security.oidc { issuer = "%s", audience = "platen", keys = "%s", roles-claim = "realm_access.roles" }
                """.formatted(ISSUER, keys));
        server = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, config, false)));
        var http = new Http(server.url(), admin);
        http.printer("mine", "socket://127.0.0.1:9");
        http.printer("other", "socket://127.0.0.1:9");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String token(Role role, Set<String> printers, @Nullable Instant expiresAt) throws Exception {
        var issued = ApiToken.issue("test", role, printers, Instant.now(), expiresAt);
        tokens.add(issued.token());
        return issued.text();
    }

    static List<Operation> closedOperations() {
        return Contract.load().operations().stream()
                .filter(operation -> !OPEN.contains(operation.toString()))
                .toList();
    }

    @Test
    void onlyWhatTellsNothingIsOpen() {
        assertThat(Contract.load().operations().stream()
                        .filter(Operation::isOpen)
                        .map(Operation::toString))
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @ParameterizedTest
    @MethodSource("closedOperations")
    void nothingWithoutAValidToken(Operation operation) throws Exception {
        String path = operation.path("mine", "1");
        String revoked = token(Role.ADMIN, Set.of(), null);
        assertThat(tokens.revoke(revoked.split("_", -1)[1], Instant.now())).isTrue();
        String expired = token(Role.ADMIN, Set.of(), Instant.now().minusSeconds(1));
        String changed = admin.substring(0, admin.length() - 1) + (admin.endsWith("A") ? "B" : "A");
        assertThat(status(operation.method(), path, null)).isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer nonsense")).isEqualTo(401);
        assertThat(status(operation.method(), path, "Basic YTpi")).isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer " + revoked)).isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer " + expired)).isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer " + changed)).isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer " + jwt(ISSUER, "platen", List.of("admin"), -120)))
                .isEqualTo(401);
        assertThat(status(
                        operation.method(),
                        path,
                        "Bearer " + jwt("https://evil.example", "platen", List.of("admin"), 60)))
                .isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer " + jwt(ISSUER, "another", List.of("admin"), 60)))
                .isEqualTo(401);
        assertThat(status(operation.method(), path, "Bearer " + jwt(ISSUER, "platen", List.of(), 60)))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("closedOperations")
    void eachRoleMayDoWhatTheFileSays(Operation operation) throws Exception {
        // Of a printer that is not there, so that nothing is changed by those who may.
        String path = operation.path("nowhere", "1");
        Role needed = Role.find(operation.role()).orElseThrow();
        for (var token : Map.of(Role.SUBMITTER, submitter, Role.OPERATOR, operator, Role.ADMIN, admin)
                .entrySet()) {
            int status = status(operation.method(), path, "Bearer " + token.getValue());
            if (token.getKey().includes(needed)) {
                assertThat(status).as("%s as %s", operation, token.getKey()).isNotIn(401, 403);
            } else {
                assertThat(status).as("%s as %s", operation, token.getKey()).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("closedOperations")
    void limitedSubmitterSeesItsPrintersOnly(Operation operation) throws Exception {
        if (operation.path().contains("{printer}")) {
            assertThat(status(operation.method(), operation.path("other", "1"), "Bearer " + limited))
                    .isEqualTo(403);
        }
    }

    @Test
    void limitedSubmitterUsesItsPrinters() throws Exception {
        var http = new Http(server.url(), limited);
        assertThat(http.get("/v1/printers").json().path("printers").findValuesAsText("id"))
                .containsExactly("mine");
        assertThat(http.post("/v1/printers/mine/jobs?hold=true", "^XA^XZ".getBytes(UTF_8))
                        .status())
                .isEqualTo(201);
        assertThat(http.get("/v1/failures").status()).isEqualTo(403);
        assertThat(http.get("/v1/failures?printer=mine").status()).isEqualTo(200);
        assertThat(http.get("/v1/events").status()).isEqualTo(403);
        assertThat(http.get("/v1/events?printer=other").status()).isEqualTo(403);
        assertThat(http.get("/metrics").status()).isEqualTo(403);
        var answer = http.post(
                "/v1/jobs",
                "{\"printer\":\"other\",\"content\":\"XlhB\"}\n{\"printer\":\"mine\",\"content\":\"XlhB\",\"hold\":true}\n"
                        .getBytes(UTF_8),
                "Content-Type",
                "application/x-ndjson");
        assertThat(new String(answer.bytes(), UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":403"),
                        line -> assertThat(line).contains("\"status\":201"));
    }

    @Test
    void tokenOfTheIdentityProviderCounts() throws Exception {
        String path = "/v1/printers/mine/pause";
        assertThat(status("POST", path, "Bearer " + jwt(ISSUER, "platen", List.of("platen-operator"), 60)))
                .isEqualTo(200);
        assertThat(status("POST", path, "Bearer " + jwt(ISSUER, "platen", List.of("submitter"), 60)))
                .isEqualTo(403);
        var own = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        ECKey right = key;
        key = own;
        String forged = jwt(ISSUER, "platen", List.of("admin"), 60);
        key = right;
        assertThat(status("GET", "/v1/printers", "Bearer " + forged)).isEqualTo(401);
    }

    @Test
    void revocationCountsAtOnce() throws Exception {
        String token = token(Role.SUBMITTER, Set.of(), null);
        assertThat(status("GET", "/v1/printers", "Bearer " + token)).isEqualTo(200);
        assertThat(Main.run(
                        "token",
                        "revoke",
                        token.split("_", -1)[1],
                        "--data-dir",
                        directory.resolve("data").toString()))
                .isZero();
        assertThat(status("GET", "/v1/printers", "Bearer " + token)).isEqualTo(401);
        assertThat(new Http(server.url(), admin).get("/v1/audit").json().path("entries"))
                .anySatisfy(entry -> {
                    assertThat(entry.path("what").asText()).isEqualTo("token revoke");
                    assertThat(entry.path("who").asText()).isEqualTo("os:" + System.getProperty("user.name"));
                    assertThat(entry.path("result").asText()).isEqualTo("token:" + token.split("_", -1)[1]);
                });
    }

    @Test
    void auditLogIsReadPageByPage() {
        var http = new Http(server.url(), admin);
        for (int i = 0; i < 5; i++) {
            http.printer("paged", "socket://127.0.0.1:9", "\"displayName\":\"" + i + "\"");
        }
        List<JsonNode> all = new ArrayList<>();
        http.get("/v1/audit?limit=1000").json().path("entries").forEach(all::add);
        List<JsonNode> paged = new ArrayList<>();
        JsonNode page = http.get("/v1/audit?limit=2").json();
        while (true) {
            page.path("entries").forEach(paged::add);
            if (!page.has("next")) {
                break;
            }
            // What is added meanwhile does not move the pages.
            http.post("/v1/printers/paged/pause");
            page = http.get("/v1/audit?limit=2&after=" + page.path("next").asText())
                    .json();
        }
        assertThat(paged).isEqualTo(all);
        assertThat(all.get(0).path("result").asText()).contains("\"displayName\":\"4\"");
    }

    @Test
    void watcherWhoseTokenIsRevokedIsEnded() throws Exception {
        String token = token(Role.SUBMITTER, Set.of(), null);
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/events"))
                .header("Authorization", "Bearer " + token);
        var answer = CLIENT.send(request.build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(tokens.revoke(token.split("_", -1)[1], Instant.now())).isTrue();
        var http = new Http(server.url(), admin);
        var lines = answer.body().iterator();
        var said = new StringBuilder();
        boolean paused = false;
        while (lines.hasNext()) {
            said.append(lines.next()).append('\n');
            // Something must happen for the stream to be looked at.
            http.post("/v1/printers/other/" + (paused ? "resume" : "pause"));
            paused = !paused;
        }
        assertThat(said.toString()).contains("event: unauthorized");
    }

    @Test
    void everyChangeIsInTheAuditLog() throws Exception {
        assertThat(status("POST", "/v1/printers/other/pause", "Bearer " + operator))
                .isEqualTo(200);
        assertThat(status("PUT", "/v1/printers/other", "Bearer " + operator)).isEqualTo(403);
        var entries =
                new Http(server.url(), admin).get("/v1/audit?limit=1000").json().path("entries");
        String id = operator.split("_", -1)[1];
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("who").asText()).isEqualTo("token:" + id + " test");
            assertThat(entry.path("what").asText()).isEqualTo("POST /v1/printers/other/pause");
            assertThat(entry.path("status").asInt()).isEqualTo(200);
            assertThat(Instant.parse(entry.path("at").asText())).isBefore(Instant.now());
        });
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("what").asText()).isEqualTo("PUT /v1/printers/other");
            assertThat(entry.path("status").asInt()).isEqualTo(403);
        });
    }

    @Test
    void secretsAreNotStored() throws Exception {
        String stored = Files.readString(directory.resolve("data/security/tokens.json"));
        assertThat(stored).doesNotContain(admin).doesNotContain(admin.split("_", 3)[2]);
    }

    @Test
    void startsOnAnotherAddressOnlyWithCredentials() throws Exception {
        Path data = directory.resolve("exposed");
        var exposed = ServerSettings.read(new ServerSettings.Overrides(0, "0.0.0.0", data, null, false));
        assertThatThrownBy(() -> Server.start(exposed))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("token create");
        TokenFile.in(data)
                .add(ApiToken.issue("first", Role.ADMIN, Set.of(), Instant.now(), null)
                        .token());
        Server open = Server.start(exposed);
        try {
            var port = URI.create(open.url()).getPort();
            assertThat(new Http("http://127.0.0.1:" + port).get("/v1/printers").status())
                    .isEqualTo(401);
        } finally {
            open.stop();
        }
    }

    @Test
    void changesAskedForByAnotherOriginAreRefused() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/printers/mine/pause"))
                .header("Authorization", "Bearer " + operator)
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void floodOfOneCallerLeavesOthersServed() throws Exception {
        Path config = Files.writeString(
                directory.resolve("flood.conf"), "platen.http.submissions { per-second = 1, burst = 5 }");
        Path data = directory.resolve("flood");
        TokenFile file = TokenFile.in(data);
        var one = ApiToken.issue("one", Role.SUBMITTER, Set.of(), Instant.now(), null);
        var two = ApiToken.issue("two", Role.ADMIN, Set.of(), Instant.now(), null);
        file.add(one.token());
        file.add(two.token());
        Server flooded = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, config, false)));
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            var other = new Http(flooded.url(), two.text());
            other.printer("p", printer.uri());
            var flood = new Http(flooded.url(), one.text());
            int refused = 0;
            for (int i = 0; i < 40; i++) {
                var answer = flood.post("/v1/printers/p/jobs", "^XA^XZ".getBytes(UTF_8));
                if (answer.status() == 429) {
                    assertThat(answer.header("Retry-After")).isNotEmpty();
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(20);
            int job = other.submit("p", "^XA^XZ".getBytes(UTF_8), "");
            other.awaitState("p", job, "completed");
        } finally {
            flooded.stop();
        }
    }

    @Test
    void uploadThatTricklesIsEndedAndLeavesNothing() throws Exception {
        Path config = Files.writeString(directory.resolve("trickle.conf"), "platen.http.upload.window = 1s");
        Server patient = Server.start(ServerSettings.read(
                new ServerSettings.Overrides(0, null, directory.resolve("trickle"), config, false)));
        try {
            var http = new Http(patient.url());
            http.printer("p", "socket://127.0.0.1:9");
            var answer = http.raw("POST", "/v1/printers/p/jobs", "Host: x\r\nContent-Length: 100000\r\n\r\n^XA");
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.json().path("type").asText()).isEqualTo("/problems/upload-too-slow");
            assertThat(http.get("/v1/printers/p/jobs").json().path("jobs")).isEmpty();
        } finally {
            patient.stop();
        }
    }

    private static int status(String method, String path, @Nullable String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        // Of a stream that does not end, the head is enough.
        var answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** A key is its submitter's own, and stands for all that was asked. */
    @Test
    void idempotencyKeysOfTwoSubmittersAreTwo() throws Exception {
        String other = token(Role.SUBMITTER, Set.of(), null);
        var mine = new Http(server.url(), submitter);
        var theirs = new Http(server.url(), other);
        String path = "/v1/printers/mine/jobs?name=order&copies=2";
        byte[] label = "^XA^FDkeys^FS^XZ".getBytes(UTF_8);
        Http.Answer first = mine.post(path, label, "Idempotency-Key", "k1");
        assertThat(first.status()).isEqualTo(201);

        Http.Answer again = mine.post(path, label, "Idempotency-Key", "k1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        Http.Answer another = theirs.post(path, label, "Idempotency-Key", "k1");
        assertThat(another.status()).isEqualTo(201);
        assertThat(another.json().path("id")).isNotEqualTo(first.json().path("id"));
        for (String change : List.of(
                "name=order&copies=50",
                "name=other&copies=2",
                "name=order&copies=2&priority=99",
                "name=order&copies=2&hold=true",
                "copies=2")) {
            Http.Answer reused = mine.post("/v1/printers/mine/jobs?" + change, label, "Idempotency-Key", "k1");
            assertThat(reused.status()).as(change).isEqualTo(422);
            assertThat(reused.json().path("type").asText()).isEqualTo("/problems/key-reused");
        }
    }

    /** Who did it stands in the event itself, not only in the audit log. */
    @Test
    void eventsSayWhoAsked() {
        var submits = new Http(server.url(), submitter);
        int job = submits.submit("mine", "^XA^FDwho^FS^XZ".getBytes(UTF_8), "?hold=true");
        String path = "/v1/printers/mine/jobs/" + job;
        assertThat(new Http(server.url(), operator).delete(path).status()).isEqualTo(200);

        JsonNode events =
                new Http(server.url(), admin).get(path + "/events").json().path("events");
        assertThat(events.path(0).path("by").asText())
                .isEqualTo("token:" + submitter.split("_", -1)[1]);
        assertThat(events.path(1).path("type").asText()).isEqualTo("job-canceled");
        assertThat(events.path(1).path("by").asText()).isEqualTo("token:" + operator.split("_", -1)[1]);
        assertThat(events.toString()).doesNotContain("claim");
    }

    private static String jwt(String issuer, String audience, List<String> roles, int seconds) throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience(audience)
                        .subject("line-4")
                        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                        .claim("realm_access", Map.of("roles", roles))
                        .build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }
}
