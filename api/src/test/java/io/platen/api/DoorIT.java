package io.platen.api;

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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gets through the port, word by word, and who can hold it. */
@Timeout(120)
final class DoorIT {
    private static final int CONNECTIONS = 30;
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static Server server;
    private static Http admin;
    private static String adminToken;
    private static String submitterToken;

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        var issued = ApiToken.issue("test", Role.ADMIN, Set.of(), Instant.now(), null);
        TokenFile.in(data).add(issued.token());
        adminToken = issued.text();
        var other = ApiToken.issue("test", Role.SUBMITTER, Set.of(), Instant.now(), null);
        TokenFile.in(data).add(other.token());
        submitterToken = other.text();
        Path config = Files.writeString(
                directory.resolve("platen.conf"),
                "platen.http { max-connections = %d, head-patience = 2s, upload.window = 1s, upload.longest = 3s }"
                        .formatted(CONNECTIONS));
        server = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, config, false)));
        admin = new Http(server.url(), adminToken);
        admin.put("/v1/printers/p1", "{\"uri\":\"socket://127.0.0.1:9\"}");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /health/live HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n|200",
                "GET /health/live HTTP/1.1\\r\\nHost: h\\r\\n\\r\\nNONSENSE\\r\\n\\r\\n|200",
                "GET /health/live HTTP/1.0\\r\\nHost: h\\r\\n\\r\\n|200",
                "GET /health/live HTTP/1.1\\nHost: h\\n\\n|400",
                "GET /health/live HTTP/1.1\\r\\nHost: h\\r\\nX: a\\r\\n b\\r\\n\\r\\n|400",
                "POST /v1/printers/p1/jobs HTTP/1.0\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n0\\r\\n\\r\\n|400",
                "POST /v1/printers/p1/jobs HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|400",
                "GET /health/live HTTP/1.1\\r\\nHost: h\\r\\nHost: i\\r\\n\\r\\n|400",
                "GET /health/live HTTP/1.1\\r\\nHost : h\\r\\n\\r\\n|400",
                "NONSENSE\\r\\n\\r\\n|400",
                "GET /v1/printers HTTP/1.1\\r\\nHost: h\\r\\nAuthorization: Bearer TOKEN\\r\\nConnection: close\\r\\n\\r\\n|200",
                "GET /v1/printers HTTP/1.1\\r\\nHost: h\\r\\nAuthorization: Bearer TOKEN\\r\\nAuthorization: Bearer x\\r\\nConnection: close\\r\\n\\r\\n|400",
                "GET /v1/printers HTTP/1.1\\r\\nHost: h\\r\\nAuthorization: Bearer x\\r\\nAuthorization: Bearer TOKEN\\r\\nConnection: close\\r\\n\\r\\n|400"
            })
    void request(String text, int status) throws Exception {
        String request = text.replace("\\r", "\r").replace("\\n", "\n").replace("TOKEN", adminToken);
        try (var client = new HostileClient(server.url()).send(request)) {
            String answer = client.answer(LONG);

            assertThat(answer).startsWith("HTTP/1.1 " + status).endsWith("<closed>");
            assertThat(answer)
                    .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'");
            if (status >= 400) {
                assertThat(answer).contains("application/problem+json");
            }
        }
    }

    @Test
    void headThatDoesNotComeInTimeIsRefused() throws Exception {
        try (var silent = new HostileClient(server.url());
                var dripping = new HostileClient(server.url())
                        .send("GET /health/live HTTP/1.1\r\nX: ")
                        .drip(Duration.ofMillis(100));
                var second = new HostileClient(server.url())
                        .send("GET /health/live HTTP/1.1\r\nHost: h\r\n\r\nGET /health/live HTTP/1.1\r\nX: ")
                        .drip(Duration.ofMillis(100))) {
            assertThat(silent.answer(LONG)).isEqualTo("<closed>");
            assertThat(dripping.answer(LONG)).startsWith("HTTP/1.1 408").contains("/problems/head-too-slow");
            assertThat(second.answer(LONG)).startsWith("HTTP/1.1 200").contains("HTTP/1.1 408");
        }
    }

    /** Far more than may be: they give way, oldest first, and everybody else is served meanwhile. */
    @Test
    void silentConnectionsHoldUpNobody() throws Exception {
        var hostile = new ArrayList<HostileClient>();
        try {
            for (int i = 0; i < 5 * CONNECTIONS; i++) {
                hostile.add(new HostileClient(server.url()));
                if (i % 3 == 0) {
                    hostile.get(i).send("GET / HTTP/1.1\r\nX: ").drip(Duration.ofMillis(200));
                }
                if (i % 10 == 0) {
                    assertThat(admin.get("/v1/printers").status()).isEqualTo(200);
                    assertThat(health()).startsWith("HTTP/1.1 200");
                }
            }
        } finally {
            for (HostileClient client : hostile) {
                client.close();
            }
        }
    }

    /** Those that are known, too: whoever has all places has them with good credentials, and health still answers. */
    @Test
    void lastPlacesAreForHealthAndAdministratorsAndForOneRequestEach() throws Exception {
        List<HostileClient> known = new ArrayList<>();
        try {
            String answer = "";
            while (!answer.startsWith("HTTP/1.1 503")) {
                assertThat(known).hasSizeLessThanOrEqualTo(CONNECTIONS);
                var client = new HostileClient(server.url()).send(request(submitterToken, "keep-alive"));
                known.add(client);
                answer = client.answer(LONG, "\r\n\r\n");
            }
            assertThat(known).hasSizeGreaterThan(CONNECTIONS / 2);
            for (int i = 0; i < 20; i++) {
                assertThat(health()).startsWith("HTTP/1.1 200");
                try (var late = new HostileClient(server.url()).send(request(submitterToken, "keep-alive"));
                        var operating = new HostileClient(server.url()).send(request(adminToken, "keep-alive"))) {
                    assertThat(late.answer(LONG))
                            .startsWith("HTTP/1.1 503")
                            .contains("/problems/too-many-connections")
                            .endsWith("<closed>");
                    assertThat(operating.answer(LONG))
                            .startsWith("HTTP/1.1 200")
                            .endsWith("<closed>");
                }
            }
        } finally {
            for (HostileClient client : known) {
                client.close();
            }
        }
    }

    /** The place of a client that has sent its FIN and reads nothing is its own until its socket is closed. */
    @Test
    void halfClosedConnectionsKeepTheirPlaces() throws Exception {
        var hostile = new ArrayList<HostileClient>();
        try {
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                hostile.add(new HostileClient(server.url(), 1024)
                        .send("GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: h\r\n\r\n")
                        .halfClose());
            }
            assertThat(health()).startsWith("HTTP/1.1 200");
            // Those that gave way are closed: what is left of their answers ends.
            String first = hostile.get(0).answer(LONG);
            assertThat(first).endsWith("<closed>");
            assertThat(first.length()).isLessThan(1_000_000);
        } finally {
            for (HostileClient client : hostile) {
                client.close();
            }
        }
    }

    private static String request(String token, String connection) {
        return "GET /v1/printers HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\nConnection: "
                + connection + "\r\n\r\n";
    }

    @Test
    void uploadThatTakesTooLongInAllIsRefused() throws Exception {
        String head = "POST /v1/printers/p1/jobs HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + adminToken
                + "\r\nContent-Length: 100000000\r\n\r\n";
        try (var client = new HostileClient(server.url()).send(head)) {
            String piece = "x".repeat(2000);
            long deadline = System.nanoTime() + LONG.toNanos();
            String answer = "";
            while (answer.isEmpty() && System.nanoTime() < deadline) {
                client.send(piece);
                answer = client.answer(Duration.ofMillis(100));
            }
            assertThat(answer).startsWith("HTTP/1.1 408").contains("longer than");
        }
    }

    private static String health() throws Exception {
        try (var client = new HostileClient(server.url())
                .send("GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")) {
            return client.answer(LONG);
        }
    }
}
