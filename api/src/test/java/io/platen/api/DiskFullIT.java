package io.platen.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.platen.api.Http.Answer;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small tmpfs, which takes root to mount. */
final class DiskFullIT {
    private static final int SIZE_MEBIBYTES = 96;
    private static final byte[] MEBIBYTE = new byte[1 << 20];
    private static final String[] SMALL = {
        "-Dplaten.persistence.free-space-reserve=32m", "-Dplaten.persistence.journal.write-buffer=1m"
    };

    @TempDir
    static Path directory;

    private final Path disk = directory.resolve("disk");

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectories(disk);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + SIZE_MEBIBYTES + "m", "tmpfs", disk.toString()) == 0,
                "Skipped: a small disk cannot be mounted here; it takes root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void refusesNewJobsKeepsNothingOfThemAndGoesOnPrinting() throws Exception {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy());
                var server = ServerProcess.start(disk.resolve("data"), SMALL)) {
            Http http = server.http();
            http.printer("full", printer.uri());
            http.post("/v1/printers/full/pause");
            int accepted = 0;
            Answer answer = http.post("/v1/printers/full/jobs", MEBIBYTE);
            while (answer.status() == 201) {
                accepted++;
                answer = http.post("/v1/printers/full/jobs", MEBIBYTE);
            }

            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.json().path("type").asText()).isEqualTo("/problems/store-full");
            assertThat(accepted).isBetween(20, SIZE_MEBIBYTES);
            assertThat(files(disk.resolve("data/documents"))).isEqualTo(accepted);
            assertThat(http.get("/v1/printers/full")
                            .json()
                            .path("jobs")
                            .path("pending")
                            .asInt())
                    .isEqualTo(accepted);

            http.post("/v1/printers/full/resume");
            http.awaitState("full", accepted, "completed");
            assertThat(printer.bytes()).isEqualTo((long) accepted * MEBIBYTE.length);
            assertThat(server.isAlive()).isTrue();
        }
    }

    /** Somebody else takes the reserve, too: LevelDB would die of it. */
    @Test
    void standsStillWhileOthersHaveFilledTheDiskAndGoesOnByItself() throws Exception {
        Path filler = disk.resolve("filler");
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy());
                var server = ServerProcess.start(disk.resolve("data"), SMALL)) {
            Http http = server.http();
            http.printer("full", printer.uri());
            http.post("/v1/printers/full/pause");
            for (int i = 0; i < 10; i++) {
                http.submit("full", MEBIBYTE, "");
            }
            fill(filler);
            assertThat(http.post("/v1/printers/full/jobs", MEBIBYTE).status()).isEqualTo(507);
            // At first it may be the journal that notices, which is 503.
            http.await(
                    "/v1/printers/full",
                    json -> http.post("/v1/printers/full/resume").status() == 507);
            assertThat(server.isAlive()).isTrue();

            Files.delete(filler);
            http.await(
                    "/v1/printers/full",
                    json -> http.post("/v1/printers/full/resume").status() == 200);
            http.awaitState("full", 10, "completed");
            assertThat(printer.bytes()).isEqualTo(10L * MEBIBYTE.length);
        }
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(MEBIBYTE);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static long files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
