package io.platen.bench;

import io.platen.bench.cases.Systems;
import io.platen.bench.report.Results;
import io.platen.bench.subject.CupsSystem;
import io.platen.bench.subject.PlatenSystem;
import io.platen.bench.subject.Postgres;
import io.platen.bench.subject.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what is compared. */
final class SystemOptions {
    private static final List<String> ALL = List.of("platen", "cups", "postgres");

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--systems",
            paramLabel = "NAME",
            split = ",",
            description = "what is measured (default: platen,cups,postgres)")
    private List<String> names = ALL;

    @Option(
            names = "--platen-home",
            paramLabel = "DIR",
            description = "a version of Platen, repeatable to compare versions (default: this one)")
    private List<Path> homes = List.of();

    @Option(
            names = "--java-home",
            paramLabel = "DIR",
            description = "the JDK of Platen, repeatable to compare JDKs (default: JAVA_HOME)")
    private List<Path> jdks = List.of();

    @Option(names = "--java-opts", paramLabel = "OPTIONS", description = "JVM options of Platen")
    private String javaOptions = "";

    @Option(names = "--launcher-home", hidden = true)
    private Path launcherHome = Path.of("..");

    Systems systems() {
        for (String name : names) {
            if (!ALL.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--systems: '" + name + "' is none of " + String.join(", ", ALL));
            }
        }
        return new Systems(
                platens(),
                names.contains("cups") && new CupsSystem().missing().isEmpty(),
                names.contains("postgres") && Postgres.missing().isEmpty());
    }

    private List<PlatenSystem> platens() {
        List<Path> from = homes.isEmpty() ? List.of(launcherHome) : homes;
        var platens = new ArrayList<PlatenSystem>();
        for (Path home : from) {
            if (jdks.isEmpty()) {
                platens.add(platen(home, from.size() == 1 ? "Platen" : "Platen " + shortName(home), null));
            }
            for (Path jdk : jdks) {
                String words = (from.size() == 1 ? "" : " " + shortName(home))
                        + (jdks.size() == 1 ? "" : " on " + shortName(jdk));
                platens.add(platen(home, "Platen" + words, jdk));
            }
        }
        return platens;
    }

    private PlatenSystem platen(Path home, String name, @Nullable Path jdk) {
        var environment = new HashMap<>(Map.of("PLATEN_JAVA_OPTS", javaOptions));
        if (jdk != null) {
            environment.put("JAVA_HOME", jdk.toString());
        }
        PlatenSystem platen = PlatenSystem.in(home.toAbsolutePath().normalize(), name, Map.copyOf(environment));
        platen.missing().ifPresent(words -> {
            throw new ParameterException(spec.commandLine(), words);
        });
        return platen;
    }

    private static String shortName(Path directory) {
        return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    }

    /** The versions of all that is measured; also builds what is not built. */
    List<String> versions(Results results) throws IOException {
        Systems systems = systems();
        var versions = new ArrayList<String>();
        for (PlatenSystem platen : systems.platens()) {
            String java = platen.environment().getOrDefault("JAVA_HOME", System.getenv("JAVA_HOME"));
            String program = java == null ? "java" : java + "/bin/java";
            versions.add(platen.name() + ": " + platen.version() + " with "
                    + Programs.run(program, "-version")
                            .lines()
                            .skip(1)
                            .findFirst()
                            .orElse("Java"));
        }
        if (systems.cups()) {
            versions.add(new CupsSystem().version());
        }
        if (systems.postgres()) {
            versions.add(Postgres.version());
        }
        if (names.contains("cups")) {
            new CupsSystem().missing().ifPresent(results::note);
        }
        if (names.contains("postgres")) {
            Postgres.missing().ifPresent(results::note);
        }
        return versions;
    }
}
