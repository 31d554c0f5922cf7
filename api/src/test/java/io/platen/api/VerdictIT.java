package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test for each row of the verdict table in docs/failures.md, through the whole server. */
final class VerdictIT {
    private static final String RAW = "\"language\":\"raw\"";

    @TempDir
    static Path data;

    private static Server server;
    private static Http http;

    @BeforeAll
    static void start() throws StartException {
        server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, "127.0.0.1", data.resolve("data"), null, false)));
        http = new Http(server.url());
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void awayKeepsTheJobFirstCountsNothingAndGoesOnWhenThePrinterIsBack() throws IOException {
        int port = freePort();
        http.printer("away", "socket://127.0.0.1:" + port, "\"attempts\":1");
        int job = http.submit("away", label("away"), "");
        JsonNode away = http.await(
                "/v1/printers/away",
                p -> p.path("connection").path("state").asText().equals("backing-off"));
        assertThat(away.path("stateReasons").toString()).contains("connecting-to-device");
        assertThat(away.path("lastFailure").path("cause").asText()).isEqualTo("connection-refused");
        assertThat(away.path("lastFailure").path("advice").asText()).isNotBlank();
        assertThat(away.path("jobs").path("failed").asInt()).isZero();

        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().onPort(port))) {
            JsonNode done = http.awaitState("away", job, "completed");
            assertThat(done.path("attempts")
                            .path(0)
                            .path("failure")
                            .path("phase")
                            .asText())
                    .isEqualTo("connect");
            assertThat(printer.labels()).isEqualTo(1);
        }
    }

    @Test
    void passingFaultIsSentAgainOverAFreshConnection() {
        try (var printer = printer(Fault.reset(5, 1))) {
            http.printer("passing", printer.uri(), RAW);
            JsonNode done = http.awaitState("passing", http.submit("passing", label("passing"), ""), "completed");

            assertThat(done.path("attempts")).hasSize(2);
            JsonNode failed = done.path("attempts").path(0).path("failure");
            assertThat(failed.path("cause").asText()).isIn("connection-reset", "reset-after-send");
            assertThat(failed.path("endedBy").asText()).isEqualTo("printer");
            assertThat(failed.path("wsa").asInt()).isEqualTo(10054);
            assertThat(printer.connections()).isEqualTo(2);
        }
    }

    @Test
    void staleConnectionCountsNoAttempt() {
        try (var printer = printer(Fault.none())) {
            http.printer("stale", printer.uri(), "\"connection\":\"keep-open\",\"attempts\":1");
            // Settled: a reset right after it would be about this job.
            http.awaitState("stale", http.submit("stale", label("stale"), ""), "completed");
            long settled = System.nanoTime() + 400_000_000L;
            http.await("/health/live", live -> System.nanoTime() > settled);
            printer.restart();

            JsonNode done = http.awaitState("stale", http.submit("stale", label("stale, the other"), ""), "completed");
            assertThat(done.path("attempts")).hasSize(1);
            assertThat(done.path("attempts").path(0).has("failure")).isFalse();
            assertThat(printer.connections()).isEqualTo(2);
        }
    }

    @Test
    void resetSoonAfterTheJudgementReopensItInTheHistory() {
        try (var printer = printer(Fault.none())) {
            http.printer("reopened", printer.uri(), "\"connection\":\"keep-open\",\"delivery\":\"at-most-once\"");
            int job = http.submit("reopened", label("reopened"), "");
            http.awaitState("reopened", job, "completed");
            printer.restart();

            JsonNode held = http.awaitState("reopened", job, "pending-held");
            assertThat(held.path("stateReasons").toString()).isEqualTo("[\"delivery-in-doubt\"]");
            assertThat(held.path("attempts")
                            .path(0)
                            .path("failure")
                            .path("cause")
                            .asText())
                    .isEqualTo("reset-after-send");
            assertThat(events("reopened", job))
                    .containsExactly("job-submitted", "attempt-started", "attempt-delivered", "judgement-reopened");
        }
    }

    @Test
    void inDoubtIsHeldForTheOperatorAndTheQueueGoesOn() {
        try (var printer = printer(Fault.reset(5, 1))) {
            http.printer("doubt", printer.uri(), "\"delivery\":\"at-most-once\"");
            int first = http.submit("doubt", label("doubt"), "");
            int second = http.submit("doubt", label("doubt, the other"), "");
            JsonNode held = http.awaitState("doubt", first, "pending-held");
            http.awaitState("doubt", second, "completed");

            assertThat(held.path("stateReasons").toString()).isEqualTo("[\"delivery-in-doubt\"]");
            assertThat(held.path("attempts").path(0).path("outcome").asText()).isEqualTo("in-doubt");
            assertThat(held.path("attempts")
                            .path(0)
                            .path("failure")
                            .path("verdict")
                            .asText())
                    .isEqualTo("in-doubt");
            assertThat(printer.labels()).isEqualTo(1);
        }
    }

    @Test
    void rejectedJobIsPoisonedAtOnceAndTheQueueGoesOn() {
        var fault = new Fault(Fault.Kind.REJECT, 5, 1, "ERR:FORMAT bad command\r\n");
        try (var printer = printer(fault)) {
            http.printer("poisoned", printer.uri());
            int first = http.submit("poisoned", label("poisoned"), "");
            int second = http.submit("poisoned", label("poisoned, the other"), "");
            http.awaitState("poisoned", second, "completed");

            JsonNode entry = http.get("/v1/printers/poisoned/failures/" + first).json();
            assertThat(entry.path("attempts").asInt()).isEqualTo(1);
            assertThat(entry.path("failure").path("cause").asText()).isEqualTo("printer-rejected");
            assertThat(entry.path("failure").path("verdict").asText()).isEqualTo("job");
            assertThat(entry.path("failure").path("lastWords").path("text").asText())
                    .startsWith("ERR:FORMAT bad command");
            assertThat(entry.path("transcript").findValuesAsText("event")).contains("connected", "reply");
        }
    }

    /** It breaks each attempt off with bytes missing, and says in between that it is well (~HS): so the job is not. */
    @Test
    void jobThatItsPrinterBreaksOffAgainAfterSayingThatItIsWellIsPoisoned() {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().withReceiveBuffer(4096).with(Fault.reset(5000, Fault.ALWAYS)))) {
            http.printer("says-well", printer.uri(), "\"attempts\":2");
            int job = http.submit("says-well", hugeLabel(), "");
            http.awaitState("says-well", job, "aborted");

            JsonNode entry = http.get("/v1/printers/says-well/failures/" + job).json();
            assertThat(entry.path("attempts").asInt()).isEqualTo(2);
            assertThat(events("says-well", job)).endsWith("printer-said-well", "attempt-started", "attempt-failed");
        }
    }

    /** The same printer, and the same words of it; but the label came out of the one beside it. */
    @Test
    void jobWhoseBytesAnotherPrinterHasTakenIsNotToBlame() {
        byte[] label = hugeLabel();
        try (var well = printer(Fault.none());
                var breaksOff = SimulatedPrinter.start(
                        SimulatorSettings.healthy().withReceiveBuffer(4096).with(Fault.reset(5000, Fault.ALWAYS)))) {
            http.printer("took-it", well.uri());
            http.awaitState("took-it", http.submit("took-it", label, ""), "completed");
            http.printer("breaks-off", breaksOff.uri(), "\"attempts\":2");
            int job = http.submit("breaks-off", label, "");
            http.await(
                    "/v1/printers/breaks-off/jobs/" + job,
                    now -> now.path("attempts").size() > 3);

            assertThat(http.get("/v1/printers/breaks-off/failures").json().path("failures"))
                    .isEmpty();
        }
    }

    /** Trouble that ends shows nothing against the job that waited for its end. */
    @Test
    void unwellPrinterStopsTheQueueAndGoesOnByItself() {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().withReceiveBuffer(4096).with(Fault.reset(5000, 1)))) {
            http.printer("unwell", printer.uri(), "\"attempts\":1");
            int job = http.submit("unwell", hugeLabel(), "");
            JsonNode done = http.awaitState("unwell", job, "completed");

            assertThat(printer.printed()).hasSize(1);
            assertThat(done.path("attempts")
                            .path(0)
                            .path("failure")
                            .path("verdict")
                            .asText())
                    .isEqualTo("printer");
            assertThat(http.get("/v1/printers/unwell/failures").json().path("failures"))
                    .isEmpty();
        }
    }

    /** A label whose end nobody can have when its printer breaks it off. */
    private static byte[] hugeLabel() {
        return ("^XA^FO50,50^FD" + "x".repeat(600_000) + "^FS^XZ").getBytes(UTF_8);
    }

    /** In a language without labels each byte may be one; so the copies are used up. */
    @Test
    void jobOfWhichAsManyCopiesAsAllowedMayBeOutIsHeldAndTheQueueGoesOn() {
        try (var printer = printer(Fault.reset(5, 2))) {
            http.printer("takes-others", printer.uri(), RAW, "\"attempts\":2");
            http.post("/v1/printers/takes-others/pause");
            int job = http.submit("takes-others", label("takes-others"), "");
            int behind = http.submit("takes-others", label("takes-others, the other"), "");
            http.post("/v1/printers/takes-others/resume");

            http.awaitState("takes-others", behind, "completed");
            JsonNode held = http.awaitState("takes-others", job, "pending-held");
            assertThat(held.path("attempts")).hasSize(2);
            assertThat(held.path("stateReasons").toString()).contains("delivery-in-doubt");
        }
    }

    /** Labels without serial numbers are the same bytes for years: two printers' trouble is no guilt. */
    @Test
    void sameBytesThatFailedAtAnotherPrinterAreNotCondemned() {
        byte[] label = label("the same at both");
        try (var one = printer(Fault.reset(5, Fault.ALWAYS));
                var two = printer(Fault.reset(5, Fault.ALWAYS))) {
            http.printer("first-of-two", one.uri(), RAW, "\"attempts\":1");
            http.printer("second-of-two", two.uri(), RAW, "\"attempts\":1");
            http.awaitState("first-of-two", http.submit("first-of-two", label, ""), "pending-held");
            http.awaitState("second-of-two", http.submit("second-of-two", label, ""), "pending-held");

            assertThat(http.get("/v1/failures?printer=second-of-two").json().path("failures"))
                    .isEmpty();
        }
    }

    @Test
    void jobIsCompletedWhenThePrinterReportsItsLabelsPrinted() {
        try (var printer = printer(Fault.none())) {
            http.printer("confirms", printer.uri(), "\"confirm\":\"printed\"");
            JsonNode done = http.awaitState("confirms", http.submit("confirms", label("confirms"), ""), "completed");

            assertThat(done.path("rung").asText()).isEqualTo("printed");
            assertThat(printer.labels()).isEqualTo(1);
        }
    }

    /** Its kernel takes every label, and then it crashes: no more copies than allowed, and the job is not to blame. */
    @Test
    void keptOpenPrinterThatCrashesOverAJobGetsNoMoreCopiesThanAllowed() {
        byte[] label = label("crashes");
        try (var printer = printer(Fault.reset(label.length, Fault.ALWAYS))) {
            http.printer("crashes", printer.uri(), RAW, "\"connection\":\"keep-open\"");
            int job = http.submit("crashes", label, "");
            JsonNode held = http.awaitState("crashes", job, "pending-held");

            assertThat(held.path("attempts").findValuesAsText("outcome"))
                    .filteredOn("in-doubt"::equals)
                    .hasSize(3);
            assertThat(printer.bytes()).isLessThanOrEqualTo(3L * label.length);
            assertThat(http.get("/v1/printers/crashes/failures").json().path("failures"))
                    .isEmpty();
        }
    }

    /** Out of paper, with a healthy connection, for longer than the stall timeout. */
    @Test
    void printerOutOfPaperIsStoppedWithAReasonAndFinishesWhenPaperIsBack() {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().withReceiveBuffer(4096))) {
            printer.outOfMedia(true);
            http.put(
                    "/v1/printers/paper",
                    "{\"uri\":\"" + printer.uri() + "\",\"timeouts\":{\"stall\":\"300ms\",\"close\":\"1s\"}}");
            int job = http.submit("paper", new byte[60_000], "");
            JsonNode stopped = http.awaitState("paper", job, "processing-stopped");
            assertThat(stopped.path("stateReasons")).isNotEmpty();
            JsonNode state = http.get("/v1/printers/paper").json();
            assertThat(state.path("state").asText()).isEqualTo("stopped");
            assertThat(state.path("stateReasons").toString()).contains("not-reading");

            printer.outOfMedia(false);
            JsonNode done = http.awaitState("paper", job, "completed");
            assertThat(done.path("attempts")).hasSize(1);
        }
    }

    /** It fits the send buffer; the printer takes 4 KiB and never reads. */
    @Test
    void jobThatIsNeverReadIsNeverCompleted() {
        var small = SimulatorSettings.healthy().withReceiveBuffer(4096);
        try (var printer = SimulatedPrinter.start(small.with(Fault.always(Fault.Kind.NEVER_READ, 0)))) {
            http.put(
                    "/v1/printers/never-reads",
                    "{\"uri\":\"" + printer.uri()
                            + "\",\"attempts\":2,\"backoff\":{\"min\":\"10ms\",\"max\":\"50ms\"},"
                            + "\"timeouts\":{\"stall\":\"200ms\",\"close\":\"200ms\",\"patience\":\"1s\"}}");
            int job = http.submit("never-reads", new byte[20_000], "");
            List<String> seen = new ArrayList<>();
            http.await("/v1/printers/never-reads/jobs/" + job, json -> {
                seen.add(json.path("state").asText());
                return json.path("attempts").path(1).has("failure");
            });
            assertThat(seen).doesNotContain("completed").contains("processing-stopped");
            http.delete("/v1/printers/never-reads/jobs/" + job);
        }
    }

    /** One of its own for each printer: the same one failing at two printers is evidence. */
    private static byte[] label(String text) {
        return ("^XA^FD" + text + "^FS^XZ").getBytes(UTF_8);
    }

    private static List<String> events(String printer, int job) {
        return http.get("/v1/printers/" + printer + "/jobs/" + job + "/events")
                .json()
                .findValuesAsText("type");
    }

    private static SimulatedPrinter printer(Fault fault) {
        return SimulatedPrinter.start(SimulatorSettings.healthy().with(fault));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
