package io.platen.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.Json;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every client command. */
final class ClientOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:PLATEN_SERVER:-http://127.0.0.1:8631}",
            description = "the server to use (default: ${DEFAULT-VALUE})")
    private URI server = URI.create("http://127.0.0.1:8631");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:PLATEN_TOKEN}",
            description = "the API token, if the server requires one (environment: PLATEN_TOKEN)")
    private @Nullable String token;

    @Option(names = "--json", description = "print the server's JSON instead of a table")
    private boolean json;

    PlatenClient client() {
        return new PlatenClient(server, token);
    }

    /** Prints the JSON if --json was given; returns whether it did. */
    boolean printedJson(JsonNode answer) {
        if (json) {
            Terminal.OUT.println(Json.pretty(answer));
        }
        return json;
    }
}
