package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.platen.api.security.ApiToken;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/integrating.md, run as they stand, one after another. */
final class IntegratingIT {
    private static final Path TEXT = Path.of("../docs/integrating.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("^```(sh|java|js)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path directory;

    @Test
    void examplesWork() throws Exception {
        assumeTrue(isThere("curl") && isThere("node"), "curl and node run the examples");
        Path data = directory.resolve("data");
        var token = ApiToken.issue("example", Role.ADMIN, Set.of(), Instant.now(), null);
        TokenFile.in(data).add(token.token());
        Path config = Files.writeString(directory.resolve("platen.conf"), "platen.webhooks.allow-private = on");
        Server server = Server.start(ServerSettings.read(new ServerSettings.Overrides(0, null, data, config, false)));
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy())) {
            Matcher examples = EXAMPLE.matcher(Files.readString(TEXT));
            int number = 0;
            while (examples.find()) {
                number++;
                run(number, examples.group(1), examples.group(2), server, printer, data, token.text());
            }
            assertThat(number).isEqualTo(4);
            assertThat(printer.labels()).isEqualTo(6);
        } finally {
            server.stop();
        }
    }

    private void run(
            int number, String language, String text, Server server, SimulatedPrinter printer, Path data, String token)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve("example-" + number));
        Path file = Files.writeString(
                folder.resolve(
                        switch (language) {
                            case "sh" -> "example.sh";
                            case "java" -> "Submit.java";
                            default -> "example.mjs";
                        }),
                text);
        var command = switch (language) {
            case "sh" -> List.of("bash", "-euo", "pipefail", file.toString());
            case "java" -> List.of(System.getProperty("java.home") + "/bin/java", file.toString());
            default -> List.of("node", file.toString());
        };
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PLATEN", server.url());
        builder.environment().put("TOKEN", token);
        builder.environment().put("PRINTER", printer.uri());
        builder.environment()
                .put(
                        "WEBHOOK_SECRET",
                        data.resolve("webhooks").resolve("secret").toString());
        Path output = folder.resolve("output");
        Process process = builder.redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output, UTF_8);
        assertThat(ended).as("example %d ends: %s", number, said).isTrue();
        assertThat(process.exitValue()).as("example %d: %s", number, said).isZero();
    }

    private static boolean isThere(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
