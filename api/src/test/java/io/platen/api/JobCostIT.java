package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.platen.printer.simulator.Received;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one job costs an idle, warm server, in counts: unlike times, they are nearly the same on every machine. The bounds
 * are about twice what was measured.
 */
final class JobCostIT {
    private static final int WARM_UP = 400;
    private static final int JOBS = 50;
    private static final byte[] LABEL = ("^XA^FDhello^FS^FX" + "x".repeat(1000) + "^XZ").getBytes(UTF_8);

    private static final double MOST_SWITCHES = 100;
    private static final double MOST_BYTES = 30_000;
    private static final double MOST_SYNCS = 5;

    private final BlockingQueue<Received> printed = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    private SimulatedPrinter printer;
    private ServerProcess server;
    private Http http;
    private int submitted;

    @BeforeEach
    void idleWarmServer() throws Exception {
        printer = SimulatedPrinter.start(SimulatorSettings.healthy(), printed::add);
        server = ServerProcess.start(directory.resolve("data"));
        http = server.http();
        http.printer("dock", printer.uri());
        printOneByOne(WARM_UP);
    }

    @AfterEach
    void end() {
        server.close();
        printer.close();
    }

    @Test
    void wakesFewThreadsAndWritesFewBytesForEachJob() throws Exception {
        long switches = switches();
        long bytes = number(process("io"), "write_bytes:");
        printOneByOne(JOBS);
        double switchesPerJob = (double) (switches() - switches) / JOBS;
        double bytesPerJob = (double) (number(process("io"), "write_bytes:") - bytes) / JOBS;
        System.out.printf(
                "Per job: %.0f voluntary context switches, %.0f bytes written%n", switchesPerJob, bytesPerJob);
        assertThat(switchesPerJob).as("voluntary context switches for each job").isLessThan(MOST_SWITCHES);
        assertThat(bytesPerJob).as("bytes written for each job").isLessThan(MOST_BYTES);
    }

    @Test
    void syncsFewTimesForEachJob() throws Exception {
        assumeTrue(hasStrace(), "strace counts the syncs (Debian: apt-get install strace)");
        Path counts = directory.resolve("syncs");
        Process strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-c",
                        "-e",
                        "trace=fsync,fdatasync,msync",
                        "-o",
                        counts.toString(),
                        "-p",
                        String.valueOf(server.pid()))
                .start();
        var said = new BufferedReader(new InputStreamReader(strace.getErrorStream(), UTF_8));
        assertThat(said.readLine()).contains("attached");
        printOneByOne(JOBS);
        // By its handle: the process's own destroy() would also close the stream that tells of the end.
        strace.toHandle().destroy();
        while (said.readLine() != null) {
            // Until it has let go of each thread.
        }
        strace.waitFor();
        double syncsPerJob = (double) total(counts) / JOBS;
        System.out.printf("Per job: %.1f syncs%n", syncsPerJob);
        assertThat(syncsPerJob).as("syncs for each job").isBetween(1.0, MOST_SYNCS);
    }

    private void printOneByOne(int jobs) throws Exception {
        for (int i = 0; i < jobs; i++) {
            http.submit("dock", LABEL, "");
            assertThat(printed.poll(30, TimeUnit.SECONDS)).isNotNull();
            submitted++;
        }
        // What follows the last label belongs to the jobs, too.
        http.awaitState("dock", submitted, "completed");
    }

    private Path process(String file) {
        return Path.of("/proc", String.valueOf(server.pid()), file);
    }

    private long switches() throws IOException {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(process("task"))) {
            for (Path thread : threads) {
                try {
                    sum += number(thread.resolve("status"), "voluntary_ctxt_switches:");
                } catch (NoSuchFileException e) {
                    // The thread has ended meanwhile.
                }
            }
        }
        return sum;
    }

    private static long number(Path file, String key) throws IOException {
        return Files.readAllLines(file, UTF_8).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The calls in strace's table: time share, seconds, microseconds per call, calls, errors, name. */
    private static long total(Path counts) throws IOException {
        return Files.readAllLines(counts, UTF_8).stream()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns.length >= 5)
                .filter(columns -> Arrays.asList("fsync", "fdatasync", "msync").contains(columns[columns.length - 1]))
                .mapToLong(columns -> Long.parseLong(columns[3]))
                .sum();
    }

    private static boolean hasStrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
