package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.Choice.Act;
import io.platen.printer.simulator.Deeds;
import io.platen.printer.simulator.Label;
import io.platen.printer.simulator.RandomConduct;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.printer.simulator.Tongue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Printers that choose at random what they do next: whatever that is, each label comes out as often as promised, and no
 * job is left behind. {@code -Dplaten.random.seeds=20 -Dplaten.random.jobs=2000} makes it long.
 */
final class RandomPrinterIT {
    private static final int SEEDS = Integer.getInteger("platen.random.seeds", 4);
    private static final int JOBS = Integer.getInteger("platen.random.jobs", 60);
    private static final int ATTEMPTS = 3;
    private static final int MOST_UNREAD = 20;
    private static final String PREAMBLE = "~JX^XZ";

    @TempDir
    static Path data;

    /** A printer, and how Platen is to treat it. */
    private record Subject(int seed, String name, boolean repeats, boolean keepsOpen, SimulatedPrinter printer) {

        static Subject of(int seed) {
            boolean repeats = seed % 3 != 0;
            boolean keepsOpen = seed % 2 == 0;
            var tongues = Tongue.values();
            var conduct = RandomConduct.seeded(seed)
                    .speaking(tongues[seed % tongues.length])
                    .silentAtMost(Duration.ofMillis(20))
                    .worstUntil(JOBS);
            var printer = SimulatedPrinter.start(SimulatorSettings.healthy().with(conduct));
            return new Subject(seed, "random-" + seed, repeats, keepsOpen, printer);
        }

        int mostCopies() {
            return repeats ? ATTEMPTS : 1;
        }

        String document(int job) {
            return "^XA^FO50,50" + label(job) + "^XZ";
        }

        String label(int job) {
            return "^FDseed " + seed + " job " + job + "^FS";
        }

        /** What the printer did on the connections that brought a job's label. */
        String traces(List<Label> printed, int job) {
            return printed.stream()
                    .filter(one -> one.text().contains(label(job)))
                    .map(one -> one + " "
                            + printer.deeds().stream()
                                    .filter(deeds -> deeds.connection() == one.connection())
                                    .toList())
                    .toList()
                    .toString();
        }

        /** Where a job's label stands among those that came out. */
        int place(List<Label> printed, int job) {
            return IntStream.range(0, printed.size())
                    .filter(i -> printed.get(i).text().contains(label(job)))
                    .findFirst()
                    .orElseThrow();
        }

        long copies(List<Label> printed, int job) {
            return printed.stream()
                    .filter(one -> one.text().contains(label(job)))
                    .count();
        }

        /**
         * Whether a label was spoiled by a part of the one before, of which the printer's kernel had acknowledged
         * everything before the printer closed in order: on a connection for one job that is how all of them end.
         */
        boolean nobodyCouldSee(Label spoiled) {
            return !keepsOpen
                    && printer.deeds().stream()
                            .filter(deeds -> deeds.connection() < spoiled.connection() && deeds.size() > 0)
                            .max(Comparator.comparingInt(Deeds::connection))
                            .filter(before -> !before.last().endsWith("^XZ")
                                    && before.did().get(before.did().size() - 1).act() == Act.CLOSE)
                            .isPresent();
        }

        /**
         * On a connection that stays open the printer's kernel has taken more jobs than the printer has read: nobody can
         * tell which of them a refusal is about.
         */
        boolean wasRefused(int job) {
            int first = keepsOpen ? Math.max(1, job - MOST_UNREAD) : job;
            return printer.deeds().stream()
                    .filter(Deeds::refused)
                    .map(deeds -> deeds.last().replace(PREAMBLE, ""))
                    .anyMatch(read -> (!read.isEmpty() && document(job).startsWith(read))
                            || IntStream.rangeClosed(first, job).anyMatch(one -> read.contains(label(one))));
        }
    }

    @Test
    void whateverPrintersDoEachLabelComesOutAsOftenAsPromised() throws Exception {
        Path config = Files.writeString(
                data.resolve("platen.conf"),
                "platen.spooler.active-jobs-limit = 100000\nplaten.printer.hold-time = 10ms\n");
        Server server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, data.resolve("data"), config, false)));
        var subjects = new ArrayList<Subject>();
        try {
            var http = new Http(server.url());
            for (int seed = 1; seed <= SEEDS; seed++) {
                var subject = Subject.of(seed);
                subjects.add(subject);
                http.put("/v1/printers/" + subject.name(), """
                        {"uri":"%s","language":"zpl","delivery":"%s","connection":"%s","attempts":%d,
                         "backoff":{"min":"1ms","max":"10ms"},"timeouts":{"close":"500ms","stall":"2s"}}
                        """.formatted(
                                subject.printer().uri(),
                                subject.repeats() ? "at-least-once" : "at-most-once",
                                subject.keepsOpen() ? "keep-open" : "per-job",
                                ATTEMPTS));
            }
            for (int job = 1; job <= JOBS; job++) {
                for (Subject subject : subjects) {
                    http.submit(subject.name(), subject.document(job).getBytes(UTF_8), "");
                }
            }
            for (Subject subject : subjects) {
                check(http, subject);
            }
        } finally {
            server.stop();
            subjects.forEach(subject -> subject.printer().close());
        }
    }

    private static void check(Http http, Subject subject) {
        String path = "/v1/printers/" + subject.name();
        http.await(
                path,
                Duration.ofMinutes(20),
                now -> now.path("jobs").path("pending").asInt() == 0
                        && now.path("jobs").path("processing").asInt() == 0);
        List<Label> printed = subject.printer().printed();
        var inOneAttempt = new ArrayList<Integer>();
        for (int job = 1; job <= JOBS; job++) {
            int number = job;
            String what = "seed %d, job %d".formatted(subject.seed(), job);
            JsonNode now = http.get(path + "/jobs/" + job).json();
            long copies = subject.copies(printed, job);

            assertThat(copies)
                    .as(() -> "copies of " + what + ", " + subject.traces(printed, number) + ": " + now)
                    .isLessThanOrEqualTo(subject.mostCopies());
            switch (now.path("state").asText()) {
                case "completed" -> {
                    if (now.path("attempts").size() == 1 && copies == 1) {
                        inOneAttempt.add(job);
                    }
                }
                case "pending-held" ->
                    assertThat(now.path("stateReasons").toString()).as(what).isEqualTo("[\"delivery-in-doubt\"]");
                case "aborted" ->
                    assertThat(subject.wasRefused(job))
                            .as("the printer refused " + what + ": " + now)
                            .isTrue();
                default -> throw new AssertionError(what + " was left behind: " + now);
            }
        }
        assertThat(printed)
                .as("seed " + subject.seed())
                .noneMatch(label -> label.isSpoiled() && !subject.nobodyCouldSee(label));
        assertThat(inOneAttempt)
                .as("the order of seed " + subject.seed())
                .isSortedAccordingTo(Comparator.comparingInt(job -> subject.place(printed, job)));
    }
}
