package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-Sent Events as clients see them. */
final class EventsIT {
    private static final byte[] LABEL = "^XA^FDhello^FS^XZ".getBytes(UTF_8);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private Server server;
    private Http http;
    private SimulatedPrinter printer;

    @BeforeEach
    void start() throws Exception {
        Path config = Files.writeString(
                directory.resolve("platen.conf"),
                "platen.http.events.kept = 100\nplaten.spooler.active-jobs-limit = 100000\nplaten.http.submissions.burst = 100000\n");
        server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, directory.resolve("data"), config, false)));
        http = new Http(server.url());
        printer = SimulatedPrinter.start(SimulatorSettings.healthy());
        http.printer("a", printer.uri());
        http.printer("b", printer.uri());
    }

    @AfterEach
    void stop() {
        server.stop();
        printer.close();
    }

    /** A client, which reads event by event. */
    private static final class Watcher implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;
        long last;

        Watcher(String url, @Nullable Long after) throws Exception {
            var request = HttpRequest.newBuilder(URI.create(url));
            if (after != null) {
                request.header("Last-Event-ID", Long.toString(after));
                last = after;
            }
            var response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            body = response.body();
            lines = new BufferedReader(new InputStreamReader(body, UTF_8));
        }

        /** The next event's type and data; null at the end. */
        @Nullable
        String[] next() throws IOException {
            String type = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    last = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new String[] {type, line.substring(6)};
                }
            }
            return new String[] {null, null};
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    @Test
    void tellsWhatHappens() throws Exception {
        try (var watcher = new Watcher(server.url() + "/v1/events", null)) {
            http.submit("a", LABEL, "?name=first");
            assertThat(watcher.next()[0]).isEqualTo("job-submitted");
            assertThat(watcher.next()[0]).isEqualTo("attempt-started");
            String[] delivered = watcher.next();
            assertThat(delivered[0]).isEqualTo("attempt-delivered");
            assertThat(delivered[1]).contains("\"printer\":\"a\"", "\"job\":1", "\"state\":\"completed\"");
        }
    }

    @Test
    void clientThatComesAgainMissesNothingAndSeesNothingTwice() throws Exception {
        int jobs = 300;
        var submitting = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < jobs; i++) {
                http.submit(i % 2 == 0 ? "a" : "b", LABEL, "");
            }
        });
        var random = new Random(42);
        var seen = new ArrayList<Long>();
        long last = 0;
        int delivered = 0;
        // More than the ring holds, so that both the ring and the journal are read.
        while (delivered < jobs) {
            try (var watcher = new Watcher(server.url() + "/v1/events", last)) {
                int events = 1 + random.nextInt(250);
                for (int i = 0; i < events && delivered < jobs; i++) {
                    String[] event = watcher.next();
                    assertThat(event[0]).isNotNull().isNotEqualTo("closing");
                    if (event[0].equals("too-slow")) {
                        break;
                    }
                    seen.add(watcher.last);
                    delivered += event[0].equals("attempt-delivered") ? 1 : 0;
                }
                last = watcher.last;
            }
        }
        submitting.join();
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        // Two printers configured, and three events for each job.
        assertThat(seen).hasSize(2 + 3 * jobs);
        assertThat(seen)
                .isEqualTo(IntStream.rangeClosed(1, 2 + 3 * jobs)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void filtersByPrinterAndType() throws Exception {
        for (int i = 0; i < 5; i++) {
            http.awaitState("a", http.submit("a", LABEL, ""), "completed");
            http.awaitState("b", http.submit("b", LABEL, ""), "completed");
        }
        try (var watcher =
                new Watcher(server.url() + "/v1/events?printer=b&types=job-submitted,attempt-delivered", 0L)) {
            for (int i = 0; i < 5; i++) {
                assertThat(watcher.next())
                        .satisfies(event -> assertThat(event[1]).contains("\"printer\":\"b\""));
                assertThat(watcher.next()[0]).isEqualTo("attempt-delivered");
            }
        }
        assertThat(http.get("/v1/events?types=nonsense").status()).isEqualTo(400);
        assertThat(http.get("/v1/events?printer=nowhere").status()).isEqualTo(404);
        assertThat(http.get("/v1/events", "Last-Event-ID", "x").status()).isEqualTo(400);
        assertThat(http.get("/v1/events", "Last-Event-ID", "1000000").status()).isEqualTo(422);
    }

    @Test
    void clientThatIsTooSlowIsEndedWithALastEvent() throws Exception {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            URI url = URI.create(server.url());
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            socket.getOutputStream()
                    .write("GET /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            socket.getOutputStream().flush();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
            // So much that it fits into no socket's buffers.
            String name = "n".repeat(255);
            String line = "{\"printer\":\"a\",\"content\":\"XlhB\",\"hold\":true,\"name\":\"" + name
                    + "\",\"contentType\":\"text/" + "t".repeat(100) + "\"}\n";
            for (int round = 0; round < 6; round++) {
                var answer = http.post(
                        "/v1/jobs", line.repeat(2_000).getBytes(UTF_8), "Content-Type", "application/x-ndjson");
                assertThat(answer.status()).isEqualTo(200);
            }
            String rest = in.lines().collect(Collectors.joining("\n"));
            assertThat(rest).contains("event: too-slow").contains("Last-Event-ID");
            assertThat(rest.indexOf("event: too-slow")).isGreaterThan(rest.lastIndexOf("id: "));
        }
    }

    /** Not stored, so without an id; and only for those who ask. */
    @Test
    void progressOfARunningAttemptIsToldToThoseWhoAsk() throws Exception {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().withReceiveBuffer(4096))) {
            printer.pause(true);
            http.printer("slow-one", printer.uri());
            try (var watcher = new Watcher(server.url() + "/v1/events?printer=slow-one&types=job-progress", null)) {
                int job = http.submit("slow-one", new byte[700_000], "");
                String[] progress = watcher.next();

                assertThat(progress[0]).isEqualTo("job-progress");
                assertThat(progress[1])
                        .contains("\"printer\":\"slow-one\"", "\"job\":" + job, "\"attempt\":1", "\"total\":700000");
                assertThat(watcher.last).as("it has no id").isZero();
            }
            printer.pause(false);
        }
    }

    @Test
    void aServerThatGoesDownSaysSo() throws Exception {
        try (var watcher = new Watcher(server.url() + "/v1/events", null)) {
            server.stop();
            assertThat(watcher.next()[0]).isEqualTo("closing");
        }
    }

    @Test
    void answersWhenTheJobHasEnded() {
        var answer = http.post("/v1/printers/a/jobs", LABEL, "Prefer", "wait=15");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("state").asText()).isEqualTo("completed");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=15");
        var held = http.post("/v1/printers/a/jobs?hold=true", LABEL, "Prefer", "respond-async, wait=1");
        assertThat(held.json().path("state").asText()).isEqualTo("pending-held");
    }

    @Test
    void linesBeforeOneThatBreaksOffAreAnswered() {
        String good = "{\"printer\":\"a\",\"content\":\"XlhB\",\"hold\":true}\n";
        String tooLong = "{\"printer\":\"a\",\"content\":\"" + "A".repeat(2_000_000) + "\"}\n";
        var answer =
                http.post("/v1/jobs", (good + tooLong + good).getBytes(UTF_8), "Content-Type", "application/x-ndjson");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.bytes(), UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":413"));
    }

    @Test
    void manyJobsInOneRequestKeepTheirOrder() throws Exception {
        String lines = IntStream.range(0, 500)
                .mapToObj(i -> "{\"printer\":\"%s\",\"content\":\"XlhB\",\"name\":\"%d\",\"hold\":true}"
                        .formatted(i % 2 == 0 ? "a" : "b", i))
                .collect(Collectors.joining("\n"));
        var answer = http.post("/v1/jobs", lines.getBytes(UTF_8), "Content-Type", "application/x-ndjson");
        List<String> answers = new String(answer.bytes(), UTF_8).lines().toList();
        assertThat(answers).hasSize(500).allSatisfy(line -> assertThat(line).contains("\"status\":201"));
        var page = http.get("/v1/printers/a/jobs?limit=1000").json().path("jobs");
        for (int i = 0; i < 250; i++) {
            assertThat(page.path(i).path("name").asInt()).isEqualTo(2 * (249 - i));
        }
    }
}
