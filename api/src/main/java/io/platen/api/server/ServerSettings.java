package io.platen.api.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The server's part of the configuration.
 *
 * @param config all of it, for the parts below
 * @param insecure whether to serve on a non-loopback address without credentials
 */
public record ServerSettings(
        Config config,
        Path dataDirectory,
        String bind,
        int port,
        long freeSpaceReserveBytes,
        Duration drainPatience,
        boolean insecure) {

    /** Beyond the patience: to end and record what is still under way. */
    private static final Duration DRAIN_RESERVE = Duration.ofSeconds(3);

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_JOBS = 10_000_000;

    /** What the command line or the environment says; null where they say nothing. */
    public record Overrides(
            @Nullable Integer port,
            @Nullable String bind,
            @Nullable Path dataDirectory,
            @Nullable Path configFile,
            boolean insecure) {}

    /**
     * Reads the configuration: what the command line says goes before the file, the file before the
     * defaults.
     *
     * @throws ConfigException when a setting is missing or refused, with its key
     */
    public static ServerSettings read(Overrides overrides) {
        Map<String, Object> said = new HashMap<>();
        put(said, "platen.http.port", overrides.port());
        put(said, "platen.http.bind", overrides.bind());
        if (overrides.dataDirectory() != null) {
            // The stores' directories are built from it when the defaults are resolved.
            said.put("platen.data-dir", overrides.dataDirectory().toString());
        }
        Config file = overrides.configFile() == null
                ? ConfigFactory.empty()
                : ConfigFactory.parseFile(
                        overrides.configFile().toFile(),
                        ConfigParseOptions.defaults().setAllowMissing(false));
        requireKnown(file);
        Config config = ConfigFactory.systemProperties()
                .withFallback(ConfigFactory.parseMap(said, "the command line"))
                .withFallback(file)
                .withFallback(ConfigFactory.parseResources("application.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        Path data = new File(config.getString("platen.data-dir"))
                .toPath()
                .toAbsolutePath()
                .normalize();
        Duration drainPatience = config.getDuration("platen.http.drain-patience");
        Config derived = ConfigFactory.parseMap(Map.of(
                "akka.coordinated-shutdown.phases.service-requests-done.timeout",
                drainPatience.plus(DRAIN_RESERVE),
                "platen.persistence.journal.dir",
                data.resolve("journal").toString(),
                "platen.persistence.snapshot-store.dir",
                data.resolve("snapshots").toString()));
        int port = config.getInt("platen.http.port");
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ConfigException.BadValue("platen.http.port", "must be 0 to 65535, not " + port);
        }
        return new ServerSettings(
                derived.withFallback(config),
                data,
                config.getString("platen.http.bind"),
                port,
                config.getBytes("platen.persistence.free-space-reserve"),
                drainPatience,
                overrides.insecure());
    }

    /** The same for a server in another directory, on a free port that only this machine can reach; it forgets nothing. */
    public static ServerSettings scratch(ServerSettings like, Path directory) {
        Config own = ConfigFactory.parseMap(Map.of(
                "platen.data-dir",
                directory.toString(),
                "platen.persistence.journal.dir",
                directory.resolve("journal").toString(),
                "platen.persistence.snapshot-store.dir",
                directory.resolve("snapshots").toString(),
                "platen.spooler.finished-jobs-kept",
                Integer.toString(MOST_JOBS),
                "akka.loglevel",
                "WARNING"));
        return new ServerSettings(
                own.withFallback(like.config),
                directory,
                "127.0.0.1",
                0,
                like.freeSpaceReserveBytes,
                like.drainPatience,
                false);
    }

    /** Whether only this machine can reach the server. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A misspelt setting that is silently ignored costs a night. */
    private static void requireKnown(Config file) {
        if (!file.hasPath("platen")) {
            return;
        }
        Config known = ConfigFactory.defaultReferenceUnresolved().resolve().getConfig("platen");
        for (String key : file.getConfig("platen").root().keySet()) {
            requireKnown(file.getConfig("platen").root(), known.root(), "platen." + key, key);
        }
    }

    private static void requireKnown(ConfigObject given, ConfigObject known, String path, String key) {
        if (!known.containsKey(key)) {
            throw new ConfigException.BadPath(
                    path,
                    "there is no such setting. Known here are " + String.join(", ", new TreeSet<>(known.keySet())));
        }
        // Free-form below here: LevelDB's compaction intervals are named by the user.
        if (given.get(key) instanceof ConfigObject below
                && known.get(key) instanceof ConfigObject knownBelow
                && !knownBelow.isEmpty()) {
            for (String name : below.keySet()) {
                requireKnown(below, knownBelow, path + "." + name, name);
            }
        }
    }

    private static void put(Map<String, Object> said, String key, @Nullable Object value) {
        if (value != null) {
            said.put(key, value);
        }
    }
}
