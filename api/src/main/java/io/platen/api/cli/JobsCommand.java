package io.platen.api.cli;

import static io.platen.api.cli.PlatenClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.Json;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Lists a printer's jobs, shows one, and cancels, holds, releases, retries or moves it.",
        synopsisSubcommandLabel = "COMMAND")
public final class JobsCommand {
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists jobs, newest first.")
    void list(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Option(names = "--state", description = "list only jobs in these states, separated by commas") @Nullable
                    String state,
            @Option(names = "--limit", description = "list at most this many, 1 to 1000 (default: 100)") @Nullable
                    Integer limit,
            @Option(names = "--after", description = "continue after this cursor") @Nullable String after) {
        var answer = with.client()
                .get("/v1/printers/" + encode(printer) + "/jobs"
                        + PlatenClient.query("state", state, "limit", limit, "after", after));
        if (with.printedJson(answer)) {
            return;
        }
        var table = new Table("JOB", "STATE", "REASONS", "SIZE", "COPIES", "ATTEMPTS", "RUNG", "SUBMITTED", "NAME");
        for (JsonNode job : answer.path("jobs")) {
            table.row(
                    job.path("id").asInt(),
                    job.path("state").asText(),
                    PrintersCommand.words(job.path("stateReasons")),
                    job.path("size").asLong(),
                    job.path("copies").asInt(),
                    job.path("attempts").size(),
                    job.path("rung").asText("-"),
                    job.path("submittedAt").asText(),
                    job.path("name").asText("-"));
        }
        table.print(Terminal.OUT);
        if (answer.has("next")) {
            Terminal.OUT.println("More with --after " + answer.path("next").asText());
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a job with its attempts.")
    void show(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        Terminal.OUT.println(Json.pretty(with.client().get(path(printer, job))));
    }

    @Command(name = "events", mixinStandardHelpOptions = true, description = "Shows a job's history.")
    void events(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        var answer = with.client().get(path(printer, job) + "/events");
        if (with.printedJson(answer)) {
            return;
        }
        var table = new Table("EVENT", "AT", "WHAT", "WHY");
        for (JsonNode event : answer.path("events")) {
            table.row(
                    event.path("sequence").asLong(),
                    event.path("at").asText(),
                    event.path("type").asText(),
                    event.path("failure").path("message").asText("-"));
        }
        table.print(Terminal.OUT);
    }

    @Command(name = "document", mixinStandardHelpOptions = true, description = "Saves a job's print data.")
    void document(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job,
            @Parameters(paramLabel = "FILE", description = "where to save it") Path file) {
        with.client().download(path(printer, job) + "/document", file);
        Terminal.OUT.println("Saved to " + file);
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Cancels a job, whatever state its printer is in.")
    void cancel(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        printState(with, with.client().delete(path(printer, job)));
    }

    @Command(name = "hold", mixinStandardHelpOptions = true, description = "Holds a waiting job.")
    void hold(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        printState(with, with.client().post(path(printer, job) + "/hold"));
    }

    @Command(name = "release", mixinStandardHelpOptions = true, description = "Releases a held job.")
    void release(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        printState(with, with.client().post(path(printer, job) + "/release"));
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Prints a finished job again, as a new job.")
    void retry(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        printState(with, with.client().post(path(printer, job) + "/retry"));
    }

    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            description = "Moves a waiting job to another printer, as a new job.")
    void move(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job,
            @Option(names = "--to", required = true, paramLabel = "PRINTER") String to) {
        printState(with, with.client().post(path(printer, job) + "/move" + PlatenClient.query("to", to)));
    }

    static void printState(ClientOptions with, JsonNode job) {
        if (!with.printedJson(job)) {
            Terminal.OUT.println("Job " + job.path("id").asInt() + " of "
                    + job.path("printer").asText() + " is " + job.path("state").asText());
        }
    }

    private static String path(String printer, String job) {
        return "/v1/printers/" + encode(printer) + "/jobs/" + encode(job);
    }
}
