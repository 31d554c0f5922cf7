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
 * @param config the whole configuration, for the settings of other parts
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

    /** Time after the drain patience, to end and record the jobs that are still under way. */
    private static final Duration DRAIN_RESERVE = Duration.ofSeconds(3);

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_JOBS = 10_000_000;

    /** Values from the command line or the environment; null where there is none. */
    public record Overrides(
            @Nullable Integer port,
            @Nullable String bind,
            @Nullable Path dataDirectory,
            @Nullable Path configFile,
            boolean insecure) {}

    /**
     * Reads the configuration. The command line overrides the file, and the file the defaults.
     *
     * @throws ConfigException when a setting is missing or refused; the message has its key
     */
    public static ServerSettings read(Overrides overrides) {
        Map<String, Object> overridden = new HashMap<>();
        put(overridden, "platen.http.port", overrides.port());
        put(overridden, "platen.http.bind", overrides.bind());
        if (overrides.dataDirectory() != null) {
            // The defaults of the stores' directories contain it.
            overridden.put("platen.data-dir", overrides.dataDirectory().toString());
        }
        Config file = overrides.configFile() == null
                ? ConfigFactory.empty()
                : ConfigFactory.parseFile(
                        overrides.configFile().toFile(),
                        ConfigParseOptions.defaults().setAllowMissing(false));
        requireKnown(file);
        Config config = ConfigFactory.systemProperties()
                .withFallback(ConfigFactory.parseMap(overridden, "the command line"))
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

    /** Settings for a temporary server: in another directory, on a free loopback port, keeping all finished jobs. */
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

    /** Rejects unknown settings: a misspelt one must not be silently ignored. */
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
                    "there is no such setting. The settings here are "
                            + String.join(", ", new TreeSet<>(known.keySet())));
        }
        // Where the default is empty, any key is allowed: users name LevelDB's compaction intervals.
        if (given.get(key) instanceof ConfigObject below
                && known.get(key) instanceof ConfigObject knownBelow
                && !knownBelow.isEmpty()) {
            for (String name : below.keySet()) {
                requireKnown(below, knownBelow, path + "." + name, name);
            }
        }
    }

    private static void put(Map<String, Object> overridden, String key, @Nullable Object value) {
        if (value != null) {
            overridden.put(key, value);
        }
    }
}
