package io.platen.api.cli;

import static io.platen.api.cli.PlatenClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "printers",
        mixinStandardHelpOptions = true,
        description = "Lists the printers; with a command, creates, shows, pauses and removes them.")
public final class PrintersCommand implements Runnable {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Override
    public void run() {
        list(options);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the printers.")
    void list(@Mixin ClientOptions with) {
        var answer = with.client().get("/v1/printers");
        if (with.printedJson(answer)) {
            return;
        }
        var table = new Table("PRINTER", "STATE", "REASONS", "PENDING", "HELD", "FAILED", "URI", "LAST FAILURE");
        for (JsonNode printer : answer.path("printers")) {
            var jobs = printer.path("jobs");
            table.row(
                    printer.path("id").asText(),
                    printer.path("state").asText(),
                    words(printer.path("stateReasons")),
                    jobs.path("pending").asInt() + jobs.path("processing").asInt(),
                    jobs.path("held").asInt(),
                    jobs.path("failed").asInt(),
                    printer.path("uri").asText(),
                    printer.path("lastFailure").path("cause").asText("-"));
        }
        if (table.isEmpty()) {
            Terminal.OUT.println("No printers. Create one with: platen printers set ID --uri socket://HOST:9100");
        } else {
            table.print(Terminal.OUT);
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one printer.")
    void show(@Mixin ClientOptions with, @Parameters(paramLabel = "PRINTER") String printer) {
        Terminal.OUT.println(Json.pretty(with.client().get(path(printer))));
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Creates a printer, or replaces its settings: those that are not given get their defaults.")
    void set(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Option(names = "--uri", required = true, description = "socket://HOST:PORT") String uri,
            @Option(names = "--language", description = "zpl, epl, tspl, sbpl, dpl, cpcl, escpos, ipl or raw") @Nullable
                    String language,
            @Option(names = "--delivery", description = "at-least-once or at-most-once") @Nullable String delivery,
            @Option(names = "--confirm", description = "acknowledged or closed") @Nullable String confirm,
            @Option(names = "--connection", description = "per-job or keep-open") @Nullable String connection,
            @Option(names = "--attempts", description = "1 to 100") @Nullable Integer attempts,
            @Option(names = "--display-name") @Nullable String displayName,
            @Option(names = "--location") @Nullable String location) {
        Map<String, @Nullable Object> settings = new TreeMap<>();
        settings.put("uri", uri);
        settings.put("language", language);
        settings.put("delivery", delivery);
        settings.put("confirm", confirm);
        settings.put("connection", connection);
        settings.put("attempts", attempts);
        settings.put("displayName", displayName);
        settings.put("location", location);
        // Json leaves out null values.
        printState(with, with.client().put(path(printer), Json.pretty(settings)));
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Pauses a printer after its current job.")
    void pause(@Mixin ClientOptions with, @Parameters(paramLabel = "PRINTER") String printer) {
        printState(with, with.client().post(path(printer) + "/pause"));
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Resumes a paused printer.")
    void resume(@Mixin ClientOptions with, @Parameters(paramLabel = "PRINTER") String printer) {
        printState(with, with.client().post(path(printer) + "/resume"));
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a printer.")
    void remove(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Option(names = "--force", description = "remove it even with jobs left; they are lost") boolean force) {
        with.client().delete(path(printer) + (force ? "?force=true" : ""));
        Terminal.OUT.println("Printer " + printer + " is removed");
    }

    private static void printState(ClientOptions with, JsonNode printer) {
        if (!with.printedJson(printer)) {
            Terminal.OUT.println("Printer " + printer.path("id").asText() + " is "
                    + printer.path("state").asText());
        }
    }

    private static String path(String printer) {
        return "/v1/printers/" + encode(printer);
    }

    static String words(JsonNode list) {
        var words = new StringBuilder();
        list.forEach(word -> words.append(words.isEmpty() ? "" : ", ").append(word.asText()));
        return words.isEmpty() ? "-" : words.toString();
    }
}
