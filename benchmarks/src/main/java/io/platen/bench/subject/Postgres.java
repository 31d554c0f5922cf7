package io.platen.bench.subject;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of its own into which pgbench inserts the same kilobytes that the print servers get, each in a transaction
 * that is synced ({@code fsync} and {@code synchronous_commit} are on, as PostgreSQL comes).
 */
public final class Postgres implements AutoCloseable {
    public static final String NAME = "PostgreSQL";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");
    private static final int COLUMN_OF_TIME = 2;
    private static final int COLUMN_OF_LAG = 6;

    private final Path root;
    private final int port;
    private final Child child;

    /** Inserts a second, and milliseconds for one on average. */
    public record Inserts(double perSecond, double millis) {}

    /** Starts one in this directory, which must be empty. */
    public Postgres(Path root) throws IOException {
        this.root = root;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = root.resolve("data");
        Child.run(asUser("initdb", "-D", data.toString(), "-U", "bench", "-A", "trust", "-E", "UTF8"), Map.of());
        child = Child.start(
                asUser(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + root),
                Map.of(),
                root.resolve("log"));
        child.await("The start of PostgreSQL", () -> child.output().contains("ready to accept connections"));
        client("psql", "-q", "-c", "CREATE TABLE jobs (id bigserial PRIMARY KEY, printer int, document text)");
        Files.writeString(root.resolve("insert.sql"), """
                \\set printer random(0, 99)
                INSERT INTO jobs (printer, document) VALUES (:printer, '%s');
                """.formatted("x".repeat(1024)));
    }

    /** What is missing on this machine, and how to install it; empty if it can be measured. */
    public static Optional<String> missing() {
        if (directory().isEmpty()) {
            return Optional.of(NAME + " is left out: there is nothing in " + VERSIONS
                    + " (Debian: apt-get install postgresql postgresql-contrib).");
        }
        return Optional.empty();
    }

    public static String version() throws IOException {
        return Programs.run(program("postgres"), "--version").strip();
    }

    private static Optional<Path> directory() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (var versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pgbench")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String program(String name) {
        return directory().orElseThrow().resolve(name).toString();
    }

    /** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
    private static List<String> asUser(String name, String... arguments) {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        command.add(program(name));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Inserts as fast as these clients can. */
    public Inserts insert(int clients, Duration time) throws IOException {
        String output = client(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-f",
                root.resolve("insert.sql").toString(),
                "-c",
                String.valueOf(clients),
                "-j",
                "1",
                "-T",
                String.valueOf(Math.max(1, time.toSeconds())));
        return new Inserts(number(RATE, output), number(LATENCY, output));
    }

    /** One client at a time on an idle system; the milliseconds of each insert. */
    public List<Double> insertOneByOne(int count, double perSecond) throws IOException {
        Path log = root.resolve("latency");
        client(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-f",
                root.resolve("insert.sql").toString(),
                "-t",
                String.valueOf(count),
                "-R",
                String.valueOf(perSecond),
                "-l",
                "--log-prefix",
                log.toString());
        var millis = new ArrayList<Double>();
        try (var files = Files.newDirectoryStream(root, "latency*")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    String[] columns = line.split(" ", -1);
                    // At a fixed rate a transaction counts from when it was due: a lag is pgbench's own.
                    long micros = Long.parseLong(columns[COLUMN_OF_TIME]) - Long.parseLong(columns[COLUMN_OF_LAG]);
                    millis.add(micros / 1e3);
                }
                Files.delete(file);
            }
        }
        return millis;
    }

    private String client(String name, String... arguments) throws IOException {
        return Child.run(
                Shell.words(List.of(program(name)), arguments),
                Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        String.valueOf(port),
                        "PGUSER",
                        "bench",
                        "PGDATABASE",
                        "postgres"));
    }

    private static double number(Pattern pattern, String output) throws IOException {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IOException("pgbench says something else than expected: " + output);
        }
        return Double.parseDouble(found.group(1));
    }

    @Override
    public void close() {
        child.close();
    }
}
