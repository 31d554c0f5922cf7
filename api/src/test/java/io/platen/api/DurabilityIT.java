package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import io.platen.api.Http.Answer;
import io.platen.api.server.ServerSettings;
import io.platen.api.tools.JournalCheck;
import io.platen.api.tools.RecordedHistory;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.QueueState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 50 clients submit to one server, and something happens to it, again and again, on the same data: nothing that was
 * acknowledged is lost, and the journal is sound every time.
 *
 * <p>A few cycles of each by default; {@code -Ddurability.cycles=full} makes 100 kills and 20 of the others.
 */
final class DurabilityIT {
    private static final int CLIENTS = 50;
    private static final int PRINTERS = 10;
    private static final int EXT4_IOC_SHUTDOWN = 0x8004587d;
    private static final int WITHOUT_FLUSHING = 2;
    private static final int O_RDONLY = 0;
    private static final String[] SMALL = {
        "-Dplaten.persistence.free-space-reserve=32m", "-Dplaten.persistence.journal.write-buffer=256k", "-Xmx512m"
    };

    @TempDir
    Path directory;

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusedForAWhile = new AtomicInteger();
    private SimulatedPrinter printer;

    private record Acknowledged(String printer, int job, String sha256) {}

    /** C. */
    public interface LibC extends Library {
        LibC INSTANCE = Native.load("c", LibC.class);

        int open(String path, int flags);

        int ioctl(int descriptor, long request, IntByReference argument);

        int close(int descriptor);
    }

    @BeforeEach
    void startPrinter() {
        printer = SimulatedPrinter.start(SimulatorSettings.healthy());
    }

    @AfterEach
    void stopPrinter() {
        printer.close();
    }

    /** What happens to a server while it is busy; it is gone or healthy again in the end. */
    private interface Mishap {
        void befalls(ServerProcess server, Random random) throws Exception;
    }

    @Test
    void losesNothingWhenKilled() throws Exception {
        Path data = directory.resolve("data");
        for (int cycle = 1; cycle <= cycles(10, 100); cycle++) {
            cycle(List.of(), data, cycle, (server, random) -> {
                pause(200 + random.nextInt(1_000));
                server.kill();
            });
            check(data, "killed, cycle " + cycle);
        }
        // Of LevelDB's native part, which each of them has unpacked.
        assertThat(data.resolve("journal/native").toFile().list()).hasSize(1);
    }

    @Test
    void losesNothingInAPowerCut() throws Exception {
        Path image = directory.resolve("image");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Path data = disk.resolve("data");
        run("truncate", "-s", "2G", image.toString());
        run("mkfs.ext4", "-q", "-F", image.toString());
        assumeTrue(mount(image, disk), "Skipped: an image cannot be mounted here; it takes root");
        try {
            for (int cycle = 1; cycle <= cycles(4, 20); cycle++) {
                cycle(List.of(), data, cycle, (server, random) -> {
                    pause(200 + random.nextInt(1_000));
                    cutPower(disk);
                    server.kill();
                });
                assertThat(run("umount", disk.toString())).isZero();
                assertThat(mount(image, disk)).isTrue();
                check(data, "power cut, cycle " + cycle);
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void losesNothingOnAFullDisk() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", disk.toString()) == 0,
                "Skipped: a small disk cannot be mounted here; it takes root");
        Path filler = disk.resolve("filler");
        try {
            for (int cycle = 1; cycle <= cycles(4, 20); cycle++) {
                cycle(List.of(), disk.resolve("data"), cycle, (server, random) -> {
                    pause(100 + random.nextInt(300));
                    fill(filler, random);
                    pause(300 + random.nextInt(500));
                    assertThat(server.isAlive()).isTrue();
                    if (random.nextBoolean()) {
                        // Takes jobs again by itself.
                        Files.delete(filler);
                        int before = acknowledged.size();
                        Eventually.isTrue(() -> acknowledged.size() > before);
                    }
                    server.kill();
                });
                Files.deleteIfExists(filler);
                check(disk.resolve("data"), "full disk, cycle " + cycle);
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void losesNothingWhenSyncsFail() throws Exception {
        assumeTrue(run("strace", "-V") == 0, "Skipped: it takes strace");
        Path data = directory.resolve("data");
        // Not while the stores are being opened: then it does not start, which is right and another test.
        for (int cycle = 1; cycle <= cycles(4, 20); cycle++) {
            var random = new Random(cycle);
            // Counted for each thread: some thirty groups are written before the first fails.
            int first = 30 + random.nextInt(50);
            var strace = List.of(
                    "strace",
                    "-f",
                    "-qq",
                    "--seccomp-bpf",
                    "-o",
                    "/dev/null",
                    "-e",
                    "trace=fsync,fdatasync,msync",
                    "-e",
                    "inject=fsync,fdatasync,msync:error=EIO:when=%d+%d".formatted(first, 50 + random.nextInt(50)));
            cycle(strace, data, cycle, (server, again) -> {
                pause(1_500 + again.nextInt(1_000));
                assertThat(server.isAlive()).isTrue();
                // It goes on by itself after every failure.
                int before = acknowledged.size();
                Eventually.isTrue(() -> acknowledged.size() > before);
                server.kill();
            });
            check(data, "failing syncs, cycle " + cycle);
        }
        assertThat(refusedForAWhile.get())
                .as("requests that were told to try again")
                .isPositive();
    }

    private static int cycles(int few, int all) {
        return System.getProperty("durability.cycles", "few").equals("full") ? all : few;
    }

    private void cycle(List<String> under, Path data, long seed, Mishap mishap) throws Exception {
        var random = new Random(seed);
        var stop = new AtomicBoolean();
        var clients = new ArrayList<Thread>();
        try (ServerProcess server = ServerProcess.start(under, data, SMALL)) {
            Http http = server.http();
            for (int number = 0; number < PRINTERS; number++) {
                // Half of them print, the others only queue. Those of the cycle before print already, and meet
                // failures.
                String path = "/v1/printers/p" + number;
                String settings = """
                        {"uri":"%s","language":"zpl","keepDocuments":"1h","backoff":{"min":"20ms","max":"200ms"},
                         "timeouts":{"close":"1s"}}
                        """.formatted(printer.uri());
                Eventually.isTrue(() -> http.put(path, settings).status() < 300);
                if (number % 2 == 0) {
                    Eventually.isTrue(() -> http.post(path + "/pause").status() < 300);
                }
            }
            int before = acknowledged.size();
            for (int number = 0; number < CLIENTS; number++) {
                var client = new Thread(client(http, number, random.nextLong(), stop), "client-" + number);
                clients.add(client);
                client.start();
            }
            Eventually.isTrue(() -> acknowledged.size() > before);
            mishap.befalls(server, random);
        } finally {
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    private Runnable client(Http http, int number, long seed, AtomicBoolean stop) {
        return () -> {
            var random = new Random(seed);
            while (!stop.get()) {
                byte[] body = new byte[random.nextInt(20) == 0 ? 100_000 : 200 + random.nextInt(2_000)];
                random.nextBytes(body);
                String to = "p" + random.nextInt(PRINTERS);
                try {
                    Answer answer = http.post("/v1/printers/" + to + "/jobs?name=" + number, body);
                    if (answer.status() == 201) {
                        acknowledged.add(
                                new Acknowledged(to, answer.json().path("id").asInt(), sha256(body)));
                    } else {
                        // Refused with a reason; not so fast again.
                        assertThat(answer.status()).isIn(429, 503, 507);
                        refusedForAWhile.addAndGet(answer.status() == 503 ? 1 : 0);
                        LockSupport.parkNanos(10_000_000);
                    }
                } catch (UncheckedIOException serverIsGone) {
                    LockSupport.parkNanos(10_000_000);
                }
            }
        };
    }

    private void check(Path data, String when) throws Exception {
        var settings = ServerSettings.read(new ServerSettings.Overrides(null, null, data, null, false));
        JournalCheck.CheckResult result = JournalCheck.run(settings, (what, done) -> {});
        assertThat(result.findings()).as(when).isEmpty();
        Map<String, QueueState> states = new HashMap<>();
        try (RecordedHistory history = RecordedHistory.open(settings)) {
            for (var printer : history.printers().entrySet()) {
                var state = new QueueState[] {history.stateBefore(printer.getKey(), printer.getValue())};
                history.events(
                        printer.getKey(),
                        state[0].events() + 1,
                        Long.MAX_VALUE,
                        recorded -> state[0] = state[0].after(recorded.event()));
                states.put(printer.getKey().value(), state[0]);
            }
        }
        for (Acknowledged job : acknowledged) {
            String sha256 = states.getOrDefault(job.printer(), QueueState.empty(1))
                    .jobs()
                    .find(job.job())
                    .map(PrintJob::ticket)
                    .map(ticket -> ticket.document().sha256())
                    .orElse("lost");
            assertThat(sha256)
                    .as("%s: job %d of %s", when, job.job(), job.printer())
                    .isEqualTo(job.sha256());
        }
        System.out.printf(
                "%s: %,d acknowledged, all there; %,d events are sound%n", when, acknowledged.size(), result.events());
    }

    private static void cutPower(Path disk) {
        int descriptor = LibC.INSTANCE.open(disk.toString(), O_RDONLY);
        int result = LibC.INSTANCE.ioctl(descriptor, EXT4_IOC_SHUTDOWN, new IntByReference(WITHOUT_FLUSHING));
        LibC.INSTANCE.close(descriptor);
        assertThat(result).as("EXT4_IOC_SHUTDOWN").isZero();
    }

    private static boolean mount(Path image, Path disk) throws Exception {
        return run("mount", "-o", "loop", image.toString(), disk.toString()) == 0;
    }

    private static void fill(Path filler, Random random) throws IOException {
        byte[] block = new byte[64 * 1024];
        // Sometimes to the last byte, sometimes into the reserve only.
        long leave = random.nextBoolean() ? 0 : random.nextInt(24) * 1024L * 1024;
        try (var out = Files.newOutputStream(filler)) {
            while (filler.toFile().getUsableSpace() > leave) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static void pause(int milliseconds) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
