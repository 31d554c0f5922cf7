package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.Http.Answer;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract, over real HTTP and real sockets: what is printed, and what becomes of what is not. */
final class ApiIT extends WithServer {
    @Test
    void printsALabel() throws Exception {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            http.printer("prints", printer.uri());

            Answer created = http.post("/v1/printers/prints/jobs?name=first&copies=3", LABEL);
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Location")).isEqualTo("/v1/printers/prints/jobs/1");
            JsonNode job = http.awaitState("prints", 1, "completed");

            assertThat(job.path("rung").asText()).isEqualTo("closed");
            assertThat(job.path("name").asText()).isEqualTo("first");
            assertThat(job.path("size").asLong()).isEqualTo(LABEL.length);
            assertThat(job.path("sha256").asText()).isEqualTo(hex(LABEL));
            JsonNode attempt = job.path("attempts").path(0);
            assertThat(attempt.path("outcome").asText()).isEqualTo("delivered");
            assertThat(attempt.path("bytes").path("acknowledged").asLong()).isEqualTo(3L * LABEL.length);
            assertThat(printer.labels()).isEqualTo(3);
            assertThat(http.get("/v1/printers/prints/jobs/1/events").json().findValuesAsText("type"))
                    .containsExactly("job-submitted", "attempt-started", "attempt-delivered");
        }
    }

    @Test
    void configuresAndShowsPrinter() {
        Answer created = http.put("/v1/printers/dock-4", """
                {"uri":"socket://127.0.0.1:9","language":"zpl","displayName":"Dock 4","location":"Hall B","tags":["cold"],
                 "delivery":"at-most-once","confirm":"closed","connection":"per-job","attempts":5,
                 "backoff":{"min":"PT2S","max":"90s"},"timeouts":{"connect":"3s","stall":"1m","close":"250ms"}}""");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/v1/printers/dock-4");
        JsonNode printer = http.get("/v1/printers/dock-4").json();

        assertThat(printer.path("state").asText()).isEqualTo("idle");
        assertThat(printer.path("connectionPolicy").asText()).isEqualTo("per-job");
        assertThat(printer.path("connection").path("state").asText()).isEqualTo("closed");
        assertThat(printer.path("backoff").toString()).isEqualTo("{\"min\":\"2s\",\"max\":\"90s\"}");
        assertThat(printer.path("timeouts").toString())
                .isEqualTo("{\"connect\":\"3s\",\"stall\":\"60s\",\"close\":\"250ms\"}");
        assertThat(printer.path("jobs").toString())
                .isEqualTo("{\"pending\":0,\"held\":0,\"processing\":0,\"failed\":0}");
        assertThat(http.put("/v1/printers/dock-4", "{\"uri\":\"socket://127.0.0.1:9\"}")
                        .status())
                .isEqualTo(200);
        assertThat(http.delete("/v1/printers/dock-4").status()).isEqualTo(204);
        assertThat(http.get("/v1/printers/dock-4").status()).isEqualTo(404);
        assertThat(http.delete("/v1/printers/dock-4").status()).isEqualTo(404);
    }

    @Test
    void printerKeepsItsOwnSocketOptionsAndPatience() {
        String own = "\"timeouts\":{\"connect\":\"5s\",\"stall\":\"30s\",\"close\":\"10s\",\"patience\":\"2h\"},"
                + "\"socket\":{\"sendBuffer\":16384,\"keepAlive\":{\"idle\":\"7s\",\"interval\":\"2s\",\"count\":4},"
                + "\"userTimeout\":\"3h\"}";
        assertThat(http.put("/v1/printers/own", "{\"uri\":\"" + healthy.uri() + "\"," + own + "}")
                        .status())
                .isEqualTo(201);
        JsonNode shown = http.get("/v1/printers/own").json();
        assertThat(shown.path("timeouts").path("patience").asText()).isEqualTo("7200s");
        String again = "{\"uri\":\"" + healthy.uri() + "\",\"timeouts\":" + shown.path("timeouts") + ",\"socket\":"
                + shown.path("socket") + "}";
        http.put("/v1/printers/own", again);

        assertThat(http.get("/v1/printers/own").json().path("socket")).isEqualTo(shown.path("socket"));
        http.awaitState("own", http.submit("own", LABEL, ""), "completed");
    }

    @Test
    void pausedPrinterWaitsAndResumes() {
        http.printer("pauses", healthy.uri());
        assertThat(http.post("/v1/printers/pauses/pause").json().path("state").asText())
                .isEqualTo("stopped");
        int job = http.submit("pauses", LABEL, "");
        assertThat(http.get("/v1/printers/pauses").json().path("stateReasons").toString())
                .isEqualTo("[\"paused\",\"not-contacted-yet\"]");
        assertThat(http.get("/v1/printers/pauses/jobs/" + job)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("pending");

        assertThat(http.post("/v1/printers/pauses/resume").status()).isEqualTo(200);
        http.awaitState("pauses", job, "completed");
    }

    @Test
    void sameKeyPrintsOnceAlsoWhenSentAtOnce() {
        http.printer("keys", healthy.uri());
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> http.postLater("/v1/printers/keys/jobs", LABEL, "Idempotency-Key", "order-4711"))
                .toList();
        var statuses = answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();

        assertThat(statuses).containsOnly(200, 201);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        Answer again = http.post("/v1/printers/keys/jobs", LABEL, "Idempotency-Key", "order-4711");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().path("id").asInt()).isEqualTo(1);
        Answer other = http.post("/v1/printers/keys/jobs", "else".getBytes(UTF_8), "Idempotency-Key", "order-4711");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").asText()).isEqualTo("/problems/key-reused");
    }

    @Test
    void rejectedJobIsInFailureStorageWithThePrintersLastWordsAndQueueGoesOn() {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().with(new Fault(Fault.Kind.REJECT, 1024, 1, "ERR:FORMAT\r\n")))) {
            http.printer("rejects", printer.uri());
            int poisoned = http.submit("rejects", random(50_000), "?name=bad");
            int next = http.submit("rejects", LABEL, "");

            http.awaitState("rejects", next, "completed");
            JsonNode job = http.get("/v1/printers/rejects/jobs/" + poisoned).json();
            assertThat(job.path("state").asText()).isEqualTo("aborted");
            assertThat(job.path("stateReasons").toString()).contains("quarantined");
            JsonNode entry = http.get("/v1/failures?printer=rejects")
                    .json()
                    .path("failures")
                    .path(0);
            assertThat(entry.path("job").asInt()).isEqualTo(poisoned);
            JsonNode failure = entry.path("failure");
            assertThat(failure.path("cause").asText()).isEqualTo("printer-rejected");
            assertThat(failure.path("endedBy").asText()).isEqualTo("printer");
            assertThat(failure.path("verdict").asText()).isEqualTo("job");
            assertThat(failure.path("lastWords").path("text").asText()).startsWith("ERR:FORMAT");
            assertThat(http.get("/v1/printers/rejects/failures/" + poisoned)
                            .json()
                            .path("transcript"))
                    .isNotEmpty();
            assertThat(http.get("/v1/failures?cause=connection-refused").json().path("failures"))
                    .isEmpty();

            Answer resubmitted = http.post("/v1/printers/rejects/failures/" + poisoned + "/resubmit");
            assertThat(resubmitted.status()).isEqualTo(201);
            assertThat(resubmitted.json().path("retryOf").path("job").asInt()).isEqualTo(poisoned);
            http.awaitState("rejects", resubmitted.json().path("id").asInt(), "completed");
            assertThat(http.get("/v1/printers/rejects/failures").json().path("failures"))
                    .isEmpty();
            assertThat(http.post("/v1/printers/rejects/failures/" + poisoned + "/resubmit")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void failureCanBeDiscarded() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(100, "ERR\r\n")))) {
            http.printer("discards", printer.uri());
            int job = http.submit("discards", random(50_000), "");
            http.awaitState("discards", job, "aborted");

            assertThat(http.delete("/v1/printers/discards").status()).isEqualTo(409);
            assertThat(http.delete("/v1/printers/discards/failures/" + job + "?reason=torn")
                            .status())
                    .isEqualTo(204);
            assertThat(http.get("/v1/printers/discards/failures/" + job).status())
                    .isEqualTo(404);
            assertThat(http.get("/v1/printers/discards/jobs/" + job + "/events")
                            .json()
                            .toString())
                    .contains("\"failure-discarded\"", "torn");
        }
    }

    @Test
    void resetIsRetriedInOrder() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(30_000, 2)))) {
            http.printer("resets", printer.uri(), "\"attempts\":5");
            var sizes = new ArrayList<Long>();
            for (int i = 0; i < 10; i++) {
                http.submit("resets", random(60_000 + i), "");
                sizes.add(60_000L + i);
            }
            http.awaitState("resets", 10, "completed");

            assertThat(printer.received().stream().filter(r -> r.complete()).map(r -> r.size()))
                    .containsExactlyElementsOf(sizes);
            JsonNode first = http.get("/v1/printers/resets/jobs/1").json();
            assertThat(first.path("attempts")).hasSize(3);
            assertThat(first.path("attempts")
                            .path(0)
                            .path("failure")
                            .path("cause")
                            .asText())
                    .isIn("connection-reset", "reset-after-send");
        }
    }

    @Test
    void runningAttemptShowsHowFarItHasCome() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().withReceiveBuffer(4096))) {
            printer.pause(true);
            http.printer("slow", printer.uri());
            int job = http.submit("slow", random(600_002), "");
            JsonNode running = http.await(
                    "/v1/printers/slow/jobs/" + job,
                    now -> now.path("attempts").path(0).path("bytes").has("acknowledged"));
            JsonNode bytes = running.path("attempts").path(0).path("bytes");

            assertThat(running.path("attempts").path(0).has("outcome")).isFalse();
            assertThat(bytes.path("acknowledged").asLong()).isBetween(1L, 600_001L);
            assertThat(bytes.path("written").asLong())
                    .isGreaterThanOrEqualTo(bytes.path("acknowledged").asLong());
            assertThat(bytes.path("total").asLong()).isEqualTo(600_002);
            JsonNode listed = http.get("/v1/printers/slow/jobs").json();
            assertThat(listed.path("jobs").path(0).path("attempts").path(0).has("bytes"))
                    .isTrue();

            printer.pause(false);
            JsonNode done = http.awaitState("slow", job, "completed");
            assertThat(done.path("attempts")
                            .path(0)
                            .path("bytes")
                            .path("acknowledged")
                            .asLong())
                    .isEqualTo(600_002);
        }
    }

    @Test
    void jobThatAlwaysFailsIsPoisonedOncePrinterAnswersItsStatus() {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().withReceiveBuffer(4096).with(Fault.reset(5000, Fault.ALWAYS)))) {
            http.printer("poisons", printer.uri(), "\"attempts\":2");
            // So large that its end cannot be acknowledged, and of bytes that no other printer here has taken.
            int poisoned = http.submit("poisons", random(600_001), "");
            int next = http.submit("poisons", LABEL, "");

            http.awaitState("poisons", next, "completed");
            JsonNode job = http.get("/v1/printers/poisons/jobs/" + poisoned).json();
            assertThat(job.path("state").asText()).isEqualTo("aborted");
            assertThat(job.path("attempts")).hasSize(2);
        }
    }

    @Test
    void jobInDoubtIsHeldWhereNothingMayBePrintedTwice() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reset(5000, 1)))) {
            http.printer("once", printer.uri(), "\"delivery\":\"at-most-once\"");
            int doubtful = http.submit("once", random(60_000), "");
            int next = http.submit("once", LABEL, "");
            http.awaitState("once", next, "completed");

            JsonNode job = http.get("/v1/printers/once/jobs/" + doubtful).json();
            assertThat(job.path("state").asText()).isEqualTo("pending-held");
            assertThat(job.path("stateReasons").toString()).isEqualTo("[\"delivery-in-doubt\"]");
            assertThat(job.path("attempts").path(0).path("outcome").asText()).isEqualTo("in-doubt");
            assertThat(http.post("/v1/printers/once/jobs/" + doubtful + "/release")
                            .status())
                    .isEqualTo(200);
            http.awaitState("once", doubtful, "completed");
        }
    }

    @Test
    void printerThatIsAwaySaysWhyAndKeepsTheOrder() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            printer.refuse(true);
            http.printer("away", printer.uri());
            http.submit("away", random(1001), "");
            http.submit("away", random(1002), "");
            JsonNode away = http.await(
                    "/v1/printers/away",
                    json -> json.path("connection").path("state").asText().equals("backing-off"));

            assertThat(away.path("lastFailure").path("cause").asText()).isEqualTo("connection-refused");
            assertThat(away.path("stateReasons").toString()).contains("connecting-to-device");
            assertThat(away.path("connection").has("nextAttemptAt")).isTrue();
            assertThat(http.get("/v1/failures?printer=away").json().path("failures"))
                    .isEmpty();

            printer.refuse(false);
            http.awaitState("away", 2, "completed");
            assertThat(printer.received().stream().map(r -> r.size())).containsExactly(1001L, 1002L);
        }
    }

    @Test
    void answersAtOnceWhilePrinterHangs() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy()
                .with(Fault.always(Fault.Kind.NEVER_READ, 0))
                .withReceiveBuffer(4096))) {
            http.printer("hangs", printer.uri());
            int hanging = http.submit("hangs", random(2_000_000), "");
            http.awaitState("hangs", hanging, "processing");
            int waiting = http.submit("hangs", LABEL, "");

            assertThat(http.post("/v1/printers/hangs/jobs/" + waiting + "/hold")
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("pending-held");
            assertThat(http.post("/v1/printers/hangs/jobs/" + hanging + "/hold").status())
                    .isEqualTo(409);
            assertThat(http.delete("/v1/printers/hangs/jobs/" + hanging)
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("canceled");
            assertThat(http.delete("/v1/printers/hangs/jobs/" + hanging).status())
                    .isEqualTo(409);
            JsonNode ended = http.await(
                    "/v1/printers/hangs/jobs/" + hanging,
                    json -> json.path("attempts").path(0).has("outcome"));
            assertThat(ended.path("attempts").path(0).path("outcome").asText()).isEqualTo("canceled");
        }
    }

    @Test
    void retryAndMoveMakeNewLinkedJobs() {
        http.printer("from", healthy.uri());
        http.printer("to", healthy.uri());
        int first = http.submit("from", LABEL, "");
        http.awaitState("from", first, "completed");

        Answer retried = http.post("/v1/printers/from/jobs/" + first + "/retry");
        assertThat(retried.status()).isEqualTo(201);
        assertThat(retried.json().path("retryOf").toString()).isEqualTo("{\"printer\":\"from\",\"job\":1}");

        int held = http.submit("from", LABEL, "?hold=true");
        assertThat(http.post("/v1/printers/from/jobs/" + held + "/retry").status())
                .isEqualTo(409);
        Answer moved = http.post("/v1/printers/from/jobs/" + held + "/move?to=to");
        assertThat(moved.status()).isEqualTo(201);
        assertThat(moved.header("Location")).isEqualTo("/v1/printers/to/jobs/1");
        assertThat(moved.json().path("state").asText()).isEqualTo("pending-held");
        JsonNode old = http.get("/v1/printers/from/jobs/" + held).json();
        assertThat(old.path("state").asText()).isEqualTo("canceled");
        assertThat(old.path("stateReasons").toString()).isEqualTo("[\"moved\"]");
        assertThat(http.post("/v1/printers/from/jobs/" + held + "/move").status())
                .isEqualTo(400);
        assertThat(http.post("/v1/printers/from/jobs/" + held + "/move?to=nobody")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void listsNewestFirstInPages() {
        http.printer("pages", healthy.uri());
        http.post("/v1/printers/pages/pause");
        for (int i = 0; i < 25; i++) {
            http.submit("pages", LABEL, i % 5 == 0 ? "?hold=true" : "");
        }
        var seen = new ArrayList<Integer>();
        String after = "";
        do {
            JsonNode page = http.get("/v1/printers/pages/jobs?limit=10" + after).json();
            page.path("jobs").forEach(job -> seen.add(job.path("id").asInt()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());

        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 25).mapToObj(i -> 26 - i).toList());
        assertThat(http.get("/v1/printers/pages/jobs?state=pending-held").json().path("jobs"))
                .hasSize(5);
        assertThat(http.get("/v1/printers/pages/jobs?state=done").status()).isEqualTo(400);
        assertThat(http.get("/v1/printers/pages/jobs?after=%25").status()).isEqualTo(400);
        assertThat(http.get("/v1/failures?cause=bad-luck").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9,0,10", "bytes=990-,990,10", "bytes=-5,995,5"})
    void servesRangesOfDocument(String range, int from, int length) {
        http.printer("ranges", healthy.uri());
        byte[] document = random(1000);
        int job = http.submit("ranges", document, "?hold=true");
        String path = "/v1/printers/ranges/jobs/" + job + "/document";

        assertThat(http.get(path).bytes()).isEqualTo(document);
        Answer part = http.get(path, "Range", range);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(document, from, from + length));
        assertThat(http.get(path, "Range", "bytes=5000-").status()).isEqualTo(416);
        http.delete("/v1/printers/ranges/jobs/" + job);
    }

    @Test
    void saysThatItLives() {
        assertThat(http.get("/health/live").status()).isEqualTo(200);
        assertThat(http.get("/health/ready").json().path("status").asText()).isEqualTo("ready");
    }

    private static String hex(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(sha256(bytes));
    }
}
