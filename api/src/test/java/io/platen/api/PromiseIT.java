package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.printer.simulator.Conduct;
import io.platen.printer.simulator.ConversationEnd;
import io.platen.printer.simulator.ConversationEnd.Kind;
import io.platen.printer.simulator.PrinterAnswers;
import io.platen.printer.simulator.PrinterAnswers.Answering;
import io.platen.printer.simulator.PrinterInput;
import io.platen.printer.simulator.Printing;
import io.platen.printer.simulator.Saying;
import io.platen.printer.simulator.Saying.Moment;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.simulator.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Printers that talk and close unusually, as real ones do, through the whole server: how often each label comes out, and
 * what becomes of its job. Each row is a printer; each of its jobs is one label.
 */
final class PromiseIT {
    private static final String KEEP_OPEN = "\"connection\":\"keep-open\"";
    private static final String NEVER_TWICE = "\"delivery\":\"at-most-once\"";
    private static final String PRINTED = "\"confirm\":\"printed\"";
    private static final String QUICK_CONFIRM = "\"timeouts\":{\"close\":\"1s\",\"confirm\":\"1s\"}";
    private static final Conduct WELL = Conduct.HEALTHY;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final long SETTLED_NANOS = Duration.ofMillis(400).toNanos();
    private static final Duration A_WHILE = Duration.ofSeconds(3);

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

    /** Every label comes out once, and its job is completed. */
    static Stream<Arguments> onceEach() {
        return Stream.of(
                arguments("healthy", WELL, List.of()),
                arguments("healthy-kept-open", WELL, List.of(KEEP_OPEN)),
                arguments("healthy-never-twice", WELL, List.of(NEVER_TWICE)),
                arguments("never-closes", WELL.ending(ConversationEnd.of(Kind.NEVER_CLOSES)), List.of()),
                arguments("closes-when-printed", slow(Kind.FIN_WHEN_PRINTED), List.of()),
                // An hour of trouble in which nothing is taken needs nobody afterwards.
                arguments(
                        "resets-at-accept",
                        WELL.ending(ConversationEnd.of(Kind.RESET_AT_ACCEPT)).lasting(A_WHILE),
                        List.of("\"attempts\":3")),
                // Silence of a status query is no failure.
                arguments(
                        "silent-while-out",
                        out().answering(PrinterAnswers.NORMAL.hostStatus(Answering.NOT_WHILE_OUT)),
                        List.of(PRINTED, QUICK_CONFIRM)),
                arguments(
                        "silent-until-back",
                        out().answering(PrinterAnswers.NORMAL.both(Answering.WHEN_WELL_AGAIN)),
                        List.of(PRINTED, QUICK_CONFIRM)),
                arguments("out-kept-open", out(), List.of(PRINTED, QUICK_CONFIRM, KEEP_OPEN)),
                arguments("prints-slowly", slow(Kind.FIN_AFTER_FIN), List.of(PRINTED)),
                arguments("answers-late", answering(PrinterAnswers.NORMAL.delayed(A_WHILE)), List.of(PRINTED)),
                // An answer is seen wherever it stands.
                arguments(
                        "behind-noise",
                        answering(PrinterAnswers.NORMAL.between(
                                "\u0011\r\n\0ERROR CLEARED: PAPER OUT\r\n\u0002OTHER,V1,8,2048KB\u0003\r\n", "\u0013")),
                        List.of(PRINTED)),
                arguments("in-single-bytes", answering(PrinterAnswers.NORMAL.inSingleBytes()), List.of(PRINTED)),
                // What a printer says of itself condemns nothing.
                arguments(
                        "sato-cyclic", saying(Moment.EVERY_MILLIS_WHILE_WELL, 50, "\u000205c000098\u0003"), List.of()),
                arguments(
                        "sato-cyclic-kept-open",
                        saying(Moment.EVERY_MILLIS_WHILE_WELL, 50, "\u0002  A000000\u0003"),
                        List.of(KEEP_OPEN, "\"language\":\"sbpl\"")),
                arguments("nak-after-label", saying(Moment.AFTER_LABEL, 0, "\u0015"), List.of("\"language\":\"sbpl\"")),
                arguments("nak-in-raw", saying(Moment.AFTER_LABEL, 0, "\u0015"), List.of("\"language\":\"raw\"")),
                arguments(
                        "paper-out-line",
                        saying(Moment.AFTER_LABEL, 0, "ERROR CONDITION: PAPER OUT\r\n"),
                        List.of(KEEP_OPEN)),
                arguments("error-zero", saying(Moment.AT_ACCEPT, 0, "ERROR=0\r\n"), List.of()),
                arguments(
                        "asb",
                        saying(Moment.AT_ACCEPT, 0, "\u0010\u0000\u000f\u000f"),
                        List.of("\"language\":\"escpos\"")),
                arguments(
                        "banner", saying(Moment.AT_ACCEPT, 0, "Welcome, error-free printing!\r\n"), List.of(KEEP_OPEN)),
                arguments(
                        "ignored",
                        saying(Moment.AFTER_LABEL, 0, "ERROR: but not today\r\n"),
                        List.of(KEEP_OPEN, "\"ignorePattern\":\"not today\"")),
                // Life is what counts, not progress.
                arguments(
                        "half-closes-first",
                        WELL.reading(PrinterInput.FAST.atBytesPerSecond(100))
                                .ending(ConversationEnd.of(Kind.FIN_FIRST)),
                        List.of()),
                arguments(
                        "needs-a-pause",
                        WELL.needingPause(Duration.ofSeconds(1)),
                        List.of("\"timeouts\":{\"close\":\"1s\",\"pause\":\"1100ms\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onceEach")
    void eachLabelComesOutOnce(String name, Conduct conduct, List<String> settings) {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct))) {
            var jobs = submit(name, printer, settings, 3);
            for (int job : jobs) {
                http.awaitState(name, job, "completed");
            }
            awaitPrinted(printer, jobs.size());

            assertThat(copies(name, printer, jobs)).containsOnly(1);
            assertThat(order(printer)).isSorted();
            assertThat(http.get("/v1/printers/" + name + "/failures").json().path("failures"))
                    .isEmpty();
        }
    }

    /** No more copies than attempts, the queue goes on, and what the printer always does is learned. */
    static Stream<Arguments> inDoubt() {
        var resetsSoon = ConversationEnd.after(Kind.RESET_AFTER_LABEL, SOON);
        return Stream.of(
                arguments("prints-then-resets", WELL.ending(resetsSoon), List.of(KEEP_OPEN), 3),
                arguments("prints-then-resets-once", WELL.ending(resetsSoon), List.of(KEEP_OPEN, NEVER_TWICE), 1),
                arguments("prints-then-resets-five", WELL.ending(resetsSoon), List.of(KEEP_OPEN, "\"attempts\":5"), 5),
                arguments("resets-after-job", WELL.ending(ConversationEnd.of(Kind.RESET_AFTER_JOB)), List.of(), 3),
                arguments(
                        "resets-after-job-two",
                        WELL.ending(ConversationEnd.of(Kind.RESET_AFTER_JOB)),
                        List.of("\"attempts\":2"),
                        2),
                arguments(
                        "closed-cannot-be-had",
                        WELL.ending(ConversationEnd.of(Kind.NEVER_CLOSES)),
                        List.of("\"confirm\":\"closed\""),
                        3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inDoubt")
    void noMoreCopiesThanAttemptsAndThenTheMannerIsLearned(
            String name, Conduct conduct, List<String> settings, int attempts) {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct))) {
            // One after the other, as on a quiet day.
            var jobs = new ArrayList<Integer>();
            for (int i = 0; i < 6; i++) {
                int job = submit(name, printer, settings, 1).get(0);
                jobs.add(job);
                awaitEnd(name, job);
            }

            assertThat(copies(name, printer, jobs)).allMatch(copies -> copies >= 1 && copies <= attempts);
            int last = jobs.get(jobs.size() - 1);
            assertThat(copies(name, printer, List.of(last)))
                    .as("learned by now")
                    .containsOnly(1);
            JsonNode done = http.awaitState(name, last, "completed");
            assertThat(done.path("stateReasons").toString()).contains("job-completed-with-warnings");
            assertThat(http.get("/v1/printers/" + name)
                            .json()
                            .path("connection")
                            .path("learned"))
                    .isNotEmpty();
            assertThat(http.get("/v1/printers/" + name + "/failures").json().path("failures"))
                    .isEmpty();
        }
    }

    /** Jobs that wait for each other go out one behind the other, before the first one's connection is reset. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '|', textBlock = """
            backlog-resets-after-label, RESET_AFTER_LABEL, 100, |"connection":"keep-open"|
            backlog-resets-at-once,     RESET_AFTER_LABEL, 0,   |"connection":"keep-open"|
            backlog-resets-per-job,     RESET_AFTER_JOB,   0,   |"connection":"per-job"|
            backlog-closes-after-label, CLOSE_AFTER_LABEL, 100, |"connection":"keep-open"|
            """)
    void aBacklogIsPrintedNoMoreOftenThanAllowed(String name, Kind kind, long millis, String policy) {
        var conduct = WELL.ending(ConversationEnd.after(kind, Duration.ofMillis(millis)));
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct))) {
            make(name, printer, List.of(policy));
            http.post("/v1/printers/" + name + "/pause");
            var jobs = submit(name, printer, List.of(), 12);
            http.post("/v1/printers/" + name + "/resume");
            jobs.forEach(job -> awaitEnd(name, job));

            assertThat(copies(name, printer, jobs)).allMatch(copies -> copies >= 1 && copies <= 3);
            var last = submit(name, printer, List.of(), 1);
            awaitEnd(name, last.get(0));
            assertThat(copies(name, printer, last)).as("learned by now").containsOnly(1);
            http.awaitState(name, last.get(0), "completed");
            assertThat(http.get("/v1/printers/" + name + "/failures").json().path("failures"))
                    .isEmpty();
        }
    }

    /** It knows no status query: the job is held after one copy, and the printer says why. */
    @Test
    void printerThatNeverAnswersIsToldSoAndPrintsOnce() {
        var conduct = answering(PrinterAnswers.NORMAL.both(Answering.NEVER));
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct))) {
            var jobs = submit("never-answers", printer, List.of(PRINTED, QUICK_CONFIRM), 2);
            for (int job : jobs) {
                JsonNode held = http.awaitState("never-answers", job, "pending-held");
                assertThat(held.path("attempts")).hasSize(1);
            }

            assertThat(copies("never-answers", printer, jobs)).containsOnly(1);
            assertThat(http.get("/v1/printers/never-answers")
                            .json()
                            .path("connection")
                            .path("learned")
                            .toString())
                    .contains("never-answers-status");
        }
    }

    /** The answer to a query in the document is not the answer to ours. */
    @Test
    void documentThatAsksForTheStatusItselfIsNotPrintedBeforeItIs() {
        try (var printer = SimulatedPrinter.start(
                SimulatorSettings.healthy().with(WELL.printing(Printing.taking(Duration.ofSeconds(1)))))) {
            make("asks-itself", printer, List.of(PRINTED));
            int job = http.submit("asks-itself", "~HS^XA^FDone^FS^XZ~HS^XA^FDtwo^FS^XZ~HS".getBytes(UTF_8), "");
            http.awaitState("asks-itself", job, "completed");

            assertThat(printer.printed()).as("when the job was completed").hasSize(2);
        }
    }

    /** A format without its end would swallow the next label. */
    @Test
    void unfinishedFormatDoesNotSwallowTheNextLabel() {
        for (String policy : List.of("per-job", "keep-open")) {
            try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
                String name = "unfinished-" + policy;
                http.printer(name, printer.uri(), "\"connection\":\"" + policy + "\"");
                int job = http.submit(name, "^XA^FO50,50^FDunfinished".getBytes(UTF_8), "");
                int next = http.submit(name, label("whole"), "");
                http.awaitState(name, next, "completed");
                awaitPrinted(printer, 1);

                assertThat(printer.printed())
                        .allSatisfy(label -> assertThat(label.isSpoiled()).isFalse());
                assertThat(printer.printed())
                        .anySatisfy(label -> assertThat(label.text()).contains("whole"));
                assertThat(http.awaitState(name, job, "completed")
                                .path("stateReasons")
                                .toString())
                        .contains("document-format-incomplete");
            }
        }
    }

    private static List<Integer> submit(String name, SimulatedPrinter printer, List<String> settings, int count) {
        if (http.get("/v1/printers/" + name).status() == 404) {
            make(name, printer, settings);
        }
        var jobs = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            jobs.add(http.submit(
                    name,
                    label(name + " number "
                            + http.get("/v1/printers/" + name + "/jobs")
                                    .json()
                                    .path("jobs")
                                    .size()),
                    ""));
        }
        return jobs;
    }

    /** With quick timeouts, unless the row has its own. */
    private static void make(String name, SimulatedPrinter printer, List<String> settings) {
        var all = new ArrayList<String>();
        all.add("\"uri\":\"" + printer.uri() + "\"");
        all.add("\"backoff\":{\"min\":\"20ms\",\"max\":\"200ms\"}");
        all.addAll(settings);
        if (settings.stream().noneMatch(setting -> setting.startsWith("\"timeouts\""))) {
            all.add("\"timeouts\":{\"close\":\"1s\"}");
        }
        if (settings.stream().noneMatch(setting -> setting.startsWith("\"language\""))) {
            all.add("\"language\":\"zpl\"");
        }
        assertThat(http.put("/v1/printers/" + name, "{" + String.join(",", all) + "}")
                        .status())
                .isEqualTo(201);
    }

    private static byte[] label(String text) {
        return ("^XA^FO50,50^A0N,50,50^FD" + text + "^FS^XZ").getBytes(UTF_8);
    }

    /** How often each job's label came out. */
    private static List<Integer> copies(String name, SimulatedPrinter printer, List<Integer> jobs) {
        return jobs.stream()
                .map(job -> (int) printer.printed().stream()
                        .filter(label -> label.text().contains("^FD" + name + " number " + (job - 1) + "^FS"))
                        .count())
                .toList();
    }

    private static List<String> order(SimulatedPrinter printer) {
        return printer.printed().stream().map(label -> label.text()).toList();
    }

    private static void awaitPrinted(SimulatedPrinter printer, int labels) {
        http.await("/health/live", live -> printer.printed().size() >= labels);
    }

    /** A judgement can be opened again within the settle time, so an end must last for longer than that. */
    private static void awaitEnd(String name, int job) {
        String path = "/v1/printers/" + name + "/jobs/" + job;
        JsonNode end;
        do {
            end = http.await(path, PromiseIT::isEnd);
            long settled = System.nanoTime() + SETTLED_NANOS;
            http.await("/health/live", live -> System.nanoTime() > settled);
        } while (!end.path("attempts").equals(http.get(path).json().path("attempts")));
    }

    private static boolean isEnd(JsonNode job) {
        return List.of("completed", "pending-held", "aborted")
                .contains(job.path("state").asText());
    }

    private static Conduct slow(Kind ending) {
        return WELL.printing(Printing.taking(Duration.ofMillis(500))).ending(ConversationEnd.of(ending));
    }

    private static Conduct out() {
        return WELL.reading(PrinterInput.FAST.bufferingWhileStopped(1024 * 1024))
                .troubledBy(new Trouble(Trouble.Kind.MEDIA_OUT, 1, A_WHILE));
    }

    private static Conduct answering(PrinterAnswers answers) {
        return WELL.answering(answers);
    }

    private static Conduct saying(Moment moment, long number, String words) {
        return WELL.saying(new Saying(moment, number, words));
    }
}
