package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /docs/} in a real browser, with the headers that let it load nothing from elsewhere. */
final class DocsPageIT {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final int SECONDS = 120;

    @TempDir
    Path directory;

    @Test
    void browserShowsEveryOperation() throws Exception {
        boolean isThere = Files.isExecutable(BROWSER);
        assertThat(isThere || System.getenv("CI") == null)
                .as("CI has %s", BROWSER)
                .isTrue();
        assumeTrue(isThere, BROWSER + " is not there (Debian: apt-get install chromium)");
        Server server = Server.start(
                ServerSettings.read(new ServerSettings.Overrides(0, null, directory.resolve("data"), null, false)));
        try {
            String page = page(server.url() + "/docs/");
            assertThat(page).contains("Gets labels onto printers");
            assertThat(Contract.load().operations())
                    .allSatisfy(operation -> assertThat(page)
                            .contains(
                                    operation.description().path("operationId").asText()));
            assertThat(page).doesNotContain("errors-wrapper");
        } finally {
            server.stop();
        }
    }

    /** The page as its scripts have made it. */
    private String page(String url) throws Exception {
        Path page = directory.resolve("page.html");
        Path said = directory.resolve("said.txt");
        Process browser = new ProcessBuilder(List.of(
                        BROWSER.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        // Containers have little shared memory.
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + directory.resolve("browser"),
                        // The page's own time, which waits for what is being loaded.
                        "--virtual-time-budget=60000",
                        "--enable-logging=stderr",
                        "--dump-dom",
                        url))
                .redirectOutput(page.toFile())
                .redirectError(said.toFile())
                .start();
        try {
            assertThat(browser.waitFor(SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
        } finally {
            browser.destroyForcibly();
        }
        // What a page writes to its console is there; so is what its security policy has kept from it.
        assertThat(Files.readString(said, UTF_8)).doesNotContain("CONSOLE");
        return Files.readString(page, UTF_8);
    }
}
