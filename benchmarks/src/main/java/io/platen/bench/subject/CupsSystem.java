package io.platen.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** CUPS with a configuration of its own, beside the one that may run on this machine. */
public record CupsSystem() implements PrintSystem {
    static final Path DAEMON = Path.of("/usr/sbin/cupsd");

    @Override
    public String name() {
        return "CUPS";
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(DAEMON)
                ? Optional.empty()
                : Optional.of("CUPS is left out: there is no " + DAEMON + " (Debian: apt-get install cups).");
    }

    @Override
    public String version() throws IOException {
        String version = Programs.find("cups-config").isPresent()
                ? Programs.run("cups-config", "--version")
                : Programs.run("dpkg-query", "-W", "-f", "${Version}", "cups-daemon");
        return "CUPS " + version.strip();
    }

    @Override
    public PrintServer start(Setup setup) throws IOException {
        return new CupsServer(setup);
    }
}
