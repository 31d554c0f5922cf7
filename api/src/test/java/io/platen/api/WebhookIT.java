package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.wire.Json;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks, with a real receiver. */
final class WebhookIT {
    private static final byte[] LABEL = "^XA^FDhello^FS^XZ".getBytes(UTF_8);
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    Path directory;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final List<String> badSignatures = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;
    private SimulatedPrinter printer;

    @BeforeEach
    void start() throws Exception {
        printer = SimulatedPrinter.start(SimulatorSettings.healthy());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    exchange.sendResponseHeaders(503, -1);
                    return;
                }
                String signature = exchange.getRequestHeaders().getFirst("Platen-Signature");
                if (!signature.equals(signature(signature.split("[=,]", -1)[1], body))) {
                    badSignatures.add(signature);
                }
                String trace = exchange.getRequestHeaders().getFirst("traceparent");
                traces.add(trace == null ? "" : trace);
                received.add(Json.parse(new String(body, UTF_8)));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        printer.close();
    }

    private Server serve(boolean allowPrivate) throws Exception {
        Path config = Files.writeString(
                directory.resolve("platen.conf"),
                "platen.webhooks { allow-private = " + allowPrivate + ", retry.first = 20ms, retry.longest = 100ms }");
        return Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, directory.resolve("data"), config, false)));
    }

    /** As docs/integrating.md tells receivers to. */
    private String signature(String seconds, byte[] body) {
        try {
            String secret =
                    Files.readString(directory.resolve("data/webhooks/secret")).strip();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private List<String> types() {
        return received.stream().map(event -> event.path("type").asText()).toList();
    }

    @Test
    void printersCallbackHearsAllInOrderAlsoAfterRefusals() throws Exception {
        refusals.set(7);
        Server server = serve(true);
        try {
            var http = new Http(server.url());
            http.printer("a", printer.uri(), "\"callback\":\"" + url() + "\"");
            http.awaitState("a", http.submit("a", LABEL, "", "traceparent", TRACE), "completed");
            http.awaitState("a", http.submit("a", LABEL, ""), "completed");
            Eventually.isTrue(() -> received.size() >= 7);
            assertThat(types())
                    .containsExactly(
                            "printer-configured",
                            "job-submitted",
                            "attempt-started",
                            "attempt-delivered",
                            "job-submitted",
                            "attempt-started",
                            "attempt-delivered");
            assertThat(badSignatures).isEmpty();
            assertThat(traces).contains(TRACE);
            JsonNode hooks = http.await(
                    "/v1/webhooks",
                    answer -> answer.path("webhooks").path(0).path("delivered").asInt() == 7);
            assertThat(hooks.path("webhooks").path(0).path("state").asText()).isEqualTo("ok");
        } finally {
            server.stop();
        }
    }

    @Test
    void jobsCallbackHearsOfItsJobOnlyAndNothingIsLostAcrossARestart() throws Exception {
        Server server = serve(true);
        try {
            var http = new Http(server.url());
            http.printer("a", printer.uri());
            http.submit("a", LABEL, "");
            refusals.set(Integer.MAX_VALUE);
            int job = http.submit("a", LABEL, "?callback=" + url());
            http.awaitState("a", job, "completed");
            http.await(
                    "/v1/webhooks",
                    answer -> answer.path("webhooks")
                            .path(0)
                            .path("state")
                            .asText()
                            .equals("failing"));
            assertThat(http.post("/v1/printers/a/jobs?callback=ftp://x", LABEL).status())
                    .isEqualTo(422);
            assertThat(http.post("/v1/printers/a/jobs?callback=nonsense", LABEL).status())
                    .isEqualTo(422);
        } finally {
            server.stop();
        }
        refusals.set(0);
        server = serve(true);
        try {
            Eventually.isTrue(() -> types().contains("attempt-delivered"));
            assertThat(types()).containsSubsequence("job-submitted", "attempt-started", "attempt-delivered");
            assertThat(received)
                    .allSatisfy(event -> assertThat(event.path("job").asInt()).isEqualTo(2));
            assertThat(badSignatures).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void failingCallbackDoesNotMakeOthersHearTwice() throws Exception {
        Server server = serve(true);
        try {
            var http = new Http(server.url());
            http.printer("failing", printer.uri(), "\"callback\":\"http://127.0.0.1:1/closed\"");
            http.printer("a", printer.uri(), "\"callback\":\"" + url() + "\"");
            http.awaitState("a", http.submit("a", LABEL, ""), "completed");
            http.await(
                    "/v1/webhooks",
                    answer -> answer.path("webhooks")
                            .findValuesAsText("delivered")
                            .contains("4"));
        } finally {
            server.stop();
        }
        server = serve(true);
        try {
            var http = new Http(server.url());
            http.awaitState("a", http.submit("a", LABEL, ""), "completed");
            Eventually.isTrue(() -> received.size() >= 7);
            assertThat(received.stream().map(event -> event.path("id").asLong()))
                    .doesNotHaveDuplicates();
            assertThat(http.get("/v1/webhooks?limit=1").json().path("webhooks").findValuesAsText("state"))
                    .containsExactly("failing");
        } finally {
            server.stop();
        }
    }

    @Test
    void privateAddressesAreNotReachedUnlessAllowed() throws Exception {
        Server server = serve(false);
        try {
            var http = new Http(server.url());
            http.printer("a", printer.uri(), "\"callback\":\"" + url() + "\"");
            JsonNode hooks = http.await(
                    "/v1/webhooks",
                    answer -> answer.path("webhooks")
                            .path(0)
                            .path("state")
                            .asText()
                            .equals("failing"));
            assertThat(hooks.path("webhooks").path(0).path("trouble").asText())
                    .contains("private address")
                    .contains("platen.webhooks.allow-private");
            assertThat(received).isEmpty();
        } finally {
            server.stop();
        }
    }
}
