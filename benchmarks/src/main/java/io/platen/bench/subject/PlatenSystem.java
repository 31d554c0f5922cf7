package io.platen.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Platen, as {@code ./platen serve} starts it.
 *
 * @param command what runs Platen's command line
 * @param environment of its processes: {@code JAVA_HOME}, {@code PLATEN_JAVA_OPTS}
 * @param connection the printers' setting: {@code per-job} or {@code keep-open}
 */
public record PlatenSystem(String name, List<String> command, Map<String, String> environment, String connection)
        implements PrintSystem {

    /** The version whose sources or jars are in this directory. */
    public static PlatenSystem in(Path home, String name, Map<String, String> environment) {
        return new PlatenSystem(name, List.of(home.resolve("platen").toString()), environment, "per-job");
    }

    public PlatenSystem named(String newName) {
        return new PlatenSystem(newName, command, environment, connection);
    }

    public PlatenSystem connecting(String newConnection) {
        return new PlatenSystem(name, command, environment, newConnection);
    }

    public PlatenSystem with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new PlatenSystem(name, command, Map.copyOf(more), connection);
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(Path.of(command.get(0)))
                ? Optional.empty()
                : Optional.of(name + " is left out: there is no program " + command.get(0) + ".");
    }

    /** Also builds it, if its sources are newer. */
    @Override
    public String version() throws IOException {
        String version =
                Child.run(Shell.words(command, "--version"), environment).strip();
        String[] lines = version.split("\n", -1);
        return lines[lines.length - 1];
    }

    @Override
    public PlatenServer start(Setup setup) throws IOException {
        return PlatenServer.start(this, setup);
    }
}
