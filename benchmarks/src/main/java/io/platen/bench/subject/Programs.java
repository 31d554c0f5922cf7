package io.platen.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine. */
public final class Programs {
    private static final List<String> MORE_PLACES = List.of("/usr/sbin", "/sbin", "/usr/local/bin");

    private Programs() {}

    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.concat(Arrays.stream(path.split(":", -1)), MORE_PLACES.stream())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a short command; what it prints. */
    public static String run(String... command) throws IOException {
        return Child.run(List.of(command), Map.of());
    }
}
