package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.server.ServerSettings;
import io.platen.api.tools.Backup;
import io.platen.api.tools.JournalCheck;
import io.platen.api.tools.JournalCheck.Finding;
import io.platen.api.tools.JournalExport;
import io.platen.api.tools.JournalImport;
import io.platen.api.tools.Progress;
import io.platen.api.tools.RecordedHistory;
import io.platen.api.tools.Replay;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.PrinterId;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators' tools on real data: of a server that has printed, and of one that is printing. */
final class JournalToolsIT {
    private static final Progress SILENT = (what, done) -> {};
    private static final int JOBS = 40;
    private static final byte[] LARGE = new byte[300_000];

    @TempDir
    Path directory;

    private Path data;
    private SimulatedPrinter printer;
    private SimulatedPrinter rejecting;

    @BeforeEach
    void printSomething() throws Exception {
        data = directory.resolve("data");
        printer = SimulatedPrinter.start(SimulatorSettings.healthy());
        rejecting = SimulatedPrinter.start(SimulatorSettings.healthy().with(Fault.reject(5, "ERR:FORMAT\r\n")));
        try (ServerProcess server = ServerProcess.start(
                data, "-Dplaten.spooler.snapshot-every=25", "-Dplaten.persistence.free-space-reserve=1m")) {
            Http http = server.http();
            http.printer("dock-1", printer.uri());
            http.printer("dock-2", rejecting.uri());
            for (int job = 1; job <= JOBS; job++) {
                http.submit("dock-1", ("^XA^FDlabel " + job + "^FS^XZ").getBytes(UTF_8), "?name=l" + job);
            }
            http.submit("dock-1", LARGE, "?name=large");
            http.submit("dock-2", "^XA^FDbad^FS^XZ".getBytes(UTF_8), "?name=bad");
            http.awaitState("dock-1", JOBS + 1, "completed");
            http.awaitState("dock-2", 1, "aborted");
        }
    }

    @AfterEach
    void stopPrinters() {
        printer.close();
        rejecting.close();
    }

    private static ServerSettings settings(Path of) {
        return ServerSettings.read(new ServerSettings.Overrides(null, null, of, null, false));
    }

    private static JournalCheck.CheckResult verify(Path of) throws IOException {
        return JournalCheck.run(settings(of), SILENT);
    }

    @Test
    void verifyFindsNothingWrongInSoundData() throws IOException {
        var result = verify(data);

        assertThat(result.findings()).isEmpty();
        assertThat(result.printers()).isEqualTo(2);
        assertThat(result.jobs()).isEqualTo(JOBS + 2);
        assertThat(result.snapshots()).isPositive();
        assertThat(Main.run("journal", "verify", "--data-dir", data.toString())).isZero();
        assertThat(leftOver(data)).isEmpty();
    }

    @Test
    void verifyNamesWhateverIsOff() throws IOException {
        Path segment = only(data.resolve("documents/segments"));
        Path large = only(data.resolve("documents/stored"));
        Path snapshot = only(data.resolve("snapshots"));
        flip(segment, 20);
        Files.write(large, new byte[] {1});
        flip(snapshot, 100);

        assertThat(verify(data).findings()).extracting(Finding::where).containsOnly("documents", "snapshots");
        assertThat(verify(data).findings())
                .extracting(Finding::what)
                .anyMatch(what -> what.startsWith("job 1 of dock-1: document") && what.contains("is damaged"))
                .anyMatch(what ->
                        what.startsWith("job " + (JOBS + 1) + " of dock-1") && what.contains("not as it was submitted"))
                .anyMatch(what -> what.contains(".snapshot is damaged"));
        Files.delete(large);
        assertThat(verify(data).findings()).extracting(Finding::what).anyMatch(what -> what.contains("is missing"));
        assertThat(Main.run("journal", "verify", "--data-dir", data.toString())).isEqualTo(1);
    }

    @Test
    void verifyNamesADamagedJournal() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            Path log = files.filter(file -> file.toString().endsWith(".log"))
                    .findAny()
                    .orElseThrow();
            flip(log, 600);
        }

        assertThat(verify(data).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains(".log is damaged at byte"));
    }

    @Test
    void anExportRoundTripsBitForBit() throws IOException {
        String exported = export(data);
        Path other = directory.resolve("other");

        JournalImport.read(new BufferedReader(new StringReader(exported)), settings(other), SILENT);

        assertThat(withoutHeader(export(other))).isEqualTo(withoutHeader(exported));
        assertThat(verify(other).findings()).isEmpty();
        assertThat(bytes(only(other.resolve("documents/segments"))))
                .isEqualTo(bytes(only(data.resolve("documents/segments"))));
        assertThatThrownBy(() ->
                        JournalImport.read(new BufferedReader(new StringReader(exported)), settings(other), SILENT))
                .hasMessageContaining("is not empty");
        try (ServerProcess server = ServerProcess.start(other, "-Dplaten.persistence.free-space-reserve=1m")) {
            Http http = server.http();
            http.awaitState("dock-1", JOBS + 1, "completed");
            assertThat(http.get("/v1/printers/dock-1/jobs/" + (JOBS + 1) + "/document")
                            .bytes())
                    .isEqualTo(LARGE);
            assertThat(http.submit("dock-1", "^XA^XZ".getBytes(UTF_8), "")).isEqualTo(JOBS + 2);
        }
    }

    @Test
    void aBrokenExportLeavesNothing() throws IOException {
        String exported = export(data);
        Path other = directory.resolve("other");
        int cut = exported.lastIndexOf('\n', exported.length() - 2);

        assertThatThrownBy(() -> JournalImport.read(
                        new BufferedReader(new StringReader(exported.substring(0, cut + 1))), settings(other), SILENT))
                .hasMessageContaining("its last line is missing");
        assertThatThrownBy(() -> JournalImport.read(
                        new BufferedReader(new StringReader("{\"no\":1}\n")), settings(other), SILENT))
                .hasMessageContaining("Line 1 is not of an export");

        assertThat(leftOver(other)).isEmpty();
        assertThat(other.resolve("journal")).doesNotExist();
    }

    @Test
    void aBackupIsConsistentWhileTheServerTakesJobs() throws Exception {
        Path backup = directory.resolve("backup");
        Path restored = directory.resolve("restored");
        try (ServerProcess server = ServerProcess.start(data, "-Dplaten.persistence.free-space-reserve=1m")) {
            Http http = server.http();
            var submitting = new Thread(() -> {
                for (int job = 0; job < 300; job++) {
                    http.submit("dock-1", new byte[job % 10 == 0 ? 100_000 : 500 + job], "?name=later");
                }
            });
            submitting.start();
            int before = http.submit("dock-1", "^XA^FDbefore^FS^XZ".getBytes(UTF_8), "");
            Backup.make(settings(data), backup, SILENT);
            submitting.join();

            Backup.restore(backup, settings(restored), SILENT);
            assertThat(verify(restored).findings()).isEmpty();
            try (RecordedHistory history = RecordedHistory.open(settings(restored))) {
                var submitted = new java.util.TreeSet<Integer>();
                history.events(new PrinterId("dock-1"), 1, Long.MAX_VALUE, recorded -> {
                    if (recorded.event() instanceof io.platen.spooler.job.PrinterEvent.JobSubmitted job) {
                        submitted.add(job.job());
                    }
                });
                assertThat(submitted).contains(before);
            }
        }
        assertThat(leftOver(data)).isEmpty();
        assertThatThrownBy(() -> Backup.make(settings(data), backup, SILENT)).hasMessageContaining("already exists");
        Files.delete(only(backup.resolve("documents/segments")));
        assertThatThrownBy(() -> Backup.restore(backup, settings(directory.resolve("half")), SILENT))
                .hasMessageContaining("is not whole");
        assertThat(leftOver(directory.resolve("half"))).isEmpty();
    }

    @Test
    void replayPrintsTheRecordedJobsAgain() throws Exception {
        try (SimulatedPrinter again = SimulatedPrinter.start(SimulatorSettings.healthy());
                RecordedHistory history = RecordedHistory.open(settings(data))) {
            var order = new Replay.Order(new PrinterId("dock-1"), Instant.MIN, Instant.MAX, again.uri(), false);

            var result = Replay.run(history, settings(data), order, SILENT);

            assertThat(result.isComplete()).isTrue();
            assertThat(result.states()).isEqualTo(Map.of(JobState.COMPLETED, JOBS + 1));
            assertThat(again.bytes()).isEqualTo(printer.bytes());
        }
        assertThat(leftOver(data)).isEmpty();
    }

    @Test
    void commandsSayWhatIsWrongWithTheirUse() {
        String dir = data.toString();
        assertThat(Main.run("journal", "replay", "dock-1", "--data-dir", dir, "--into", "socket://10.0.0.1:9100"))
                .isEqualTo(2);
        assertThat(Main.run("journal", "show", "nobody", "--data-dir", dir)).isEqualTo(1);
        assertThat(Main.run("journal", "show", "dock-1/x", "--data-dir", dir)).isEqualTo(2);
        assertThat(Main.run(
                        "journal",
                        "list",
                        "--data-dir",
                        directory.resolve("empty").toString()))
                .isEqualTo(1);
        assertThat(Main.run("journal")).isEqualTo(2);
        assertThat(Main.run("journal", "list", "--data-dir", dir)).isZero();
        assertThat(Main.run("journal", "show", "dock-1/3", "--data-dir", dir)).isZero();
        assertThat(Main.run("journal", "show", "dock-1", "--at", Instant.now().toString(), "--data-dir", dir))
                .isZero();
    }

    private static String export(Path of) throws IOException {
        var out = new ByteArrayOutputStream();
        try (RecordedHistory history = RecordedHistory.open(settings(of))) {
            JournalExport.write(history, out, SILENT);
        }
        return out.toString(UTF_8);
    }

    private static String withoutHeader(String export) {
        return export.substring(export.indexOf('\n'));
    }

    /** What a tool made for itself. */
    private static List<Path> leftOver(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static Path only(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    private static void flip(Path path, long at) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int was = file.read();
            file.seek(at);
            file.write(was ^ 0x40);
        }
    }
}
