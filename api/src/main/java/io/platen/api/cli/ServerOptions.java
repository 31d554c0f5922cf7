package io.platen.api.cli;

import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server's data and settings are: for commands that are, or are about, a server on this machine. */
final class ServerOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:PLATEN_DATA_DIR}",
            description = "where everything is kept (default: ./data; environment: PLATEN_DATA_DIR)")
    private @Nullable Path dataDirectory;

    @Option(names = "--config", paramLabel = "FILE", description = "settings in HOCON, under platen { … }")
    private @Nullable Path config;

    /** The settings that follow from these and from what the command says beside. */
    ServerSettings settings(@Nullable Integer port, @Nullable String bind, boolean insecure) throws StartException {
        if (config != null && !Files.isReadable(config)) {
            throw new StartException("The configuration file " + config + " cannot be read.");
        }
        return ServerSettings.read(new ServerSettings.Overrides(port, bind, dataDirectory, config, insecure));
    }
}
