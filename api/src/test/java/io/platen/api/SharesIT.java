package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.security.ApiToken;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one submitter can take of what is everybody's, and see of what is others'. */
@Timeout(120)
final class SharesIT {
    private static final String LABEL = "^XA^FDlabel^FS^XZ";
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static Server server;
    private static String token;
    private static Http admin;
    private static Http submitter;

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        token = token(data, Role.SUBMITTER);
        String all = token(data, Role.ADMIN);
        Path config = Files.writeString(
                directory.resolve("platen.conf"),
                "platen.http.events.clients-per-caller = 3\nplaten.webhooks.urls-per-caller = 5\n");
        server = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, config, false)));
        admin = new Http(server.url(), all);
        submitter = new Http(server.url(), token);
        admin.put(
                "/v1/printers/p",
                "{\"uri\":\"socket://127.0.0.1:9\",\"callback\":\"https://hook.example/hooks/SECRET?k=SECRET\"}");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String token(Path data, Role role) throws Exception {
        var issued = ApiToken.issue("test", role, Set.of(), Instant.now(), null);
        TokenFile.in(data).add(issued.token());
        return issued.text();
    }

    @Test
    void oneCallerDoesNotTakeAllEventStreams() throws Exception {
        var streams = new ArrayList<HostileClient>();
        String request = "GET /v1/events HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        try {
            for (int i = 0; i < 3; i++) {
                streams.add(new HostileClient(server.url()).send(request));
                assertThat(streams.get(i).answer(LONG, "\r\n\r\n")).startsWith("HTTP/1.1 200");
            }
            try (var more = new HostileClient(server.url()).send(request)) {
                assertThat(more.answer(LONG, "\r\n\r\n")).startsWith("HTTP/1.1 429");
            }
            assertThat(new String(admin.get("/metrics").bytes(), UTF_8))
                    .contains("platen_http_refusals_total{reason=\"too-many-watchers\"}");
        } finally {
            for (HostileClient stream : streams) {
                stream.close();
            }
        }
    }

    /** In one request: none of the events has reached its callback before the last line is read. */
    @Test
    void oneBulkDoesNotTakeMoreCallbacksThanItsCallerMayHave() {
        var lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append(
                    "{\"printer\":\"p\",\"content\":\"XlhBXlha\",\"callback\":\"http://h%d.invalid/\"}\n".formatted(i));
        }
        String answers = new String(
                submitter
                        .post("/v1/jobs", lines.toString().getBytes(UTF_8), "Content-Type", "application/x-ndjson")
                        .bytes(),
                UTF_8);

        assertThat(answers.lines().filter(line -> line.contains("\"status\":201,")))
                .hasSize(5);
        assertThat(answers.lines().filter(line -> line.contains("/problems/too-many-callbacks")))
                .hasSize(35);
    }

    @Test
    void secretsOfCallbacksAreForAdministrators() throws Exception {
        assertThat(admin.get("/v1/printers/p").json().path("callback").asText()).endsWith("hooks/SECRET?k=SECRET");
        assertThat(submitter.get("/v1/printers/p").json().path("callback").asText())
                .isEqualTo("https://hook.example/hooks/…");
        assertThat(new String(admin.get("/v1/audit").bytes(), UTF_8)).doesNotContain("SECRET");
    }

    @Test
    void printDataIsAFileInASandbox() {
        int job = submitter.submit("p", LABEL.getBytes(UTF_8), "?hold=true", "Content-Type", "text/html");
        Http.Answer document = submitter.get("/v1/printers/p/jobs/" + job + "/document");

        assertThat(document.header("Content-Disposition")).isEqualTo("attachment; filename=\"p-" + job + "\"");
        assertThat(document.header("Content-Security-Policy")).startsWith("sandbox;");
        assertThat(document.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
