package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.host.Doctor;
import io.platen.api.host.HostSetting;
import io.platen.api.security.ApiToken;
import io.platen.api.security.Role;
import io.platen.api.security.TokenFile;
import io.platen.persistence.OwnerOnly;
import io.platen.printer.simulator.Fault;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other users of the machine can read, and what they can hold up. */
@Timeout(120)
final class PrivacyIT {
    private static final String DOCTORS_WORD = "permissions of ";

    @TempDir
    static Path directory;

    /** With the usual umask, by every way that Platen writes: LevelDB's native code is one of them. */
    @Test
    void nobodyElseCanReadAnythingThatPlatenWrites() throws Exception {
        Path data = directory.resolve("data");
        Path backup = directory.resolve("backup");
        Path export = directory.resolve("export.jsonl");
        Path evidence = directory.resolve("evidence.zip");
        try (var server = ServerProcess.start(List.of("sh", "-c", "umask 022; exec \"$@\"", "sh"), data);
                var printer = SimulatedPrinter.start(SimulatorSettings.healthy()
                        .with(new Fault(Fault.Kind.REJECT, 5, 1, "ERR:FORMAT bad command\r\n")))) {
            var http = server.http();
            http.printer("rejects", printer.uri());
            int poisoned = http.submit("rejects", "^XA^FDpatient^FS^XZ".getBytes(UTF_8), "");
            http.awaitState("rejects", poisoned, "aborted");
            http.awaitStatus("/v1/printers/rejects/failures/" + poisoned + "/evidence", 200);
            http.awaitState("rejects", http.submit("rejects", new byte[200_000], ""), "completed");
            run("journal", "backup", backup.toString(), "--data-dir", data.toString());
            run("journal", "export", export.toString(), "--data-dir", data.toString());
            run(
                    "failures",
                    "evidence",
                    "rejects",
                    "" + poisoned,
                    "--output",
                    evidence.toString(),
                    "--server",
                    server.url());
            run("token", "create", "--role", "submitter", "--data-dir", data.toString());
        }

        assertThat(openToOthers(data)).isEmpty();
        assertThat(openToOthers(backup)).isEmpty();
        assertThat(openToOthers(export)).isEmpty();
        assertThat(openToOthers(evidence)).isEmpty();
    }

    @Test
    void dataDirectoryThatWasOpenIsClosedAtTheStart() throws Exception {
        Path data = directory.resolve("old");
        Files.createDirectories(data.resolve("journal"));
        Files.writeString(data.resolve("journal/000001.ldb"), "of an earlier version");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(data.resolve("journal/000001.ldb"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(doctor(data)).isEqualTo(HostSetting.Rating.HURTS);
        Path server = Files.createDirectories(directory.resolve("server"));
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(OwnerOnly.open(data)).isEqualTo(OwnerOnly.Found.NARROWED);
        ServerProcess.start(server).close();

        assertThat(openToOthers(data)).isEmpty();
        assertThat(openToOthers(server)).isEmpty();
        assertThat(doctor(data)).isEqualTo(HostSetting.Rating.OK);
        assertThat(OwnerOnly.open(data)).isEqualTo(OwnerOnly.Found.CLOSED);
    }

    @Test
    void tokenCommandDoesNotWaitForEverForALockThatSomebodyHolds() throws Exception {
        Path data = directory.resolve("locked");
        var tokens = TokenFile.in(data);
        tokens.add(token());
        assertThat(openToOthers(data.resolve("security"))).isEmpty();
        Path lockFile = data.resolve("security/lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();

            assertThatThrownBy(() -> tokens.add(token()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another process has held " + lockFile);
        }
        tokens.add(token());
        assertThat(tokens.all()).hasSize(2);
    }

    private static ApiToken token() {
        return ApiToken.issue("test", Role.SUBMITTER, Set.of(), Instant.now(), null)
                .token();
    }

    private static HostSetting.Rating doctor(Path data) {
        return Doctor.examine(data, 0).stream()
                .filter(found -> found.name().startsWith(DOCTORS_WORD))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /** With the usual umask. */
    private static void run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "umask 022; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.platen.api.Main"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", arguments)).isZero();
    }

    private static List<String> openToOthers(Path root) throws IOException {
        var open = new ArrayList<String>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                if (OwnerOnly.isOpenToOthers(path)) {
                    open.add(path + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
                }
            }
        }
        return open;
    }
}
