package io.platen.api.cli;

import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that run a server, or use its data on this machine. */
final class ServerOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:PLATEN_DATA_DIR}",
            description = "the server's data directory (default: ./data; environment: PLATEN_DATA_DIR)")
    private @Nullable Path dataDirectory;

    @Option(names = "--config", paramLabel = "FILE", description = "settings in HOCON, under platen { … }")
    private @Nullable Path config;

    ServerSettings settings() throws StartException {
        return settings(null, null, false);
    }

    /** The settings that follow from these options and from the command's own. */
    ServerSettings settings(@Nullable Integer port, @Nullable String bind, boolean insecure) throws StartException {
        if (config != null && !Files.isReadable(config)) {
            throw new StartException("The configuration file " + config + " cannot be read.");
        }
        return ServerSettings.read(new ServerSettings.Overrides(port, bind, dataDirectory, config, insecure));
    }
}
