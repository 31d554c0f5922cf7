package io.platen.api.cli;

import static io.platen.api.cli.PlatenClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "failures",
        mixinStandardHelpOptions = true,
        description = "Lists failure storage; with a command, shows, resubmits and discards its jobs.")
public final class FailuresCommand implements Runnable {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Override
    public void run() {
        list(options, null, null, null);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists failure storage, newest first.")
    void list(
            @Mixin ClientOptions with,
            @Option(names = "--printer", description = "list only failures of this printer") @Nullable String printer,
            @Option(names = "--cause", description = "list only failures with this cause") @Nullable String cause,
            @Option(names = "--since", description = "list only failures since this time (RFC 3339)") @Nullable
                    String since) {
        var answer = with.client()
                .get("/v1/failures" + PlatenClient.query("printer", printer, "cause", cause, "since", since));
        if (with.printedJson(answer)) {
            return;
        }
        var table = new Table("PRINTER", "JOB", "AT", "CAUSE", "ENDED BY", "ATTEMPTS", "LAST WORDS");
        for (JsonNode entry : answer.path("failures")) {
            var failure = entry.path("failure");
            table.row(
                    entry.path("printer").asText(),
                    entry.path("job").asInt(),
                    entry.path("quarantinedAt").asText(),
                    failure.path("cause").asText(),
                    failure.path("endedBy").asText() + " ("
                            + failure.path("confidence").asText() + ")",
                    entry.path("attempts").asInt(),
                    failure.path("lastWords").path("text").asText("-"));
        }
        if (table.isEmpty()) {
            Terminal.OUT.println("Failure storage is empty");
        } else {
            table.print(Terminal.OUT);
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a job's whole diagnosis.")
    void show(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job) {
        var entry = with.client().get(path(printer, job));
        if (with.printedJson(entry)) {
            return;
        }
        var failure = entry.path("failure");
        var out = Terminal.OUT;
        out.printf(
                "Job %s of %s, quarantined %s%n%n",
                job, printer, entry.path("quarantinedAt").asText());
        out.println(failure.path("message").asText());
        out.println(failure.path("next").asText());
        out.println(failure.path("advice").asText());
        out.println();
        var facts = new Table("FACT", "VALUE");
        facts.row(
                "cause",
                failure.path("cause").asText() + " (" + failure.path("phase").asText() + ")");
        facts.row(
                "ended by",
                failure.path("endedBy").asText() + ", "
                        + failure.path("confidence").asText());
        facts.row(
                "codes",
                failure.path("errno").asText("-") + " · WSA "
                        + failure.path("wsa").asText("-") + " · Loftware "
                        + failure.path("loftware").asText("-"));
        var bytes = failure.path("bytes");
        facts.row(
                "bytes",
                bytes.path("written").asText() + " written, "
                        + bytes.path("acknowledged").asText("unknown") + " acknowledged, "
                        + bytes.path("total").asText() + " in all");
        var tcp = failure.path("tcp");
        if (!tcp.isMissingNode()) {
            facts.row(
                    "tcp",
                    tcp.path("state").asText() + ", "
                            + tcp.path("unacknowledged").asText("unknown") + " bytes unacknowledged, "
                            + tcp.path("retransmits").asText("unknown") + " retransmits, timer "
                            + tcp.path("timer").asText("unknown"));
        }
        facts.row("last words", failure.path("lastWords").path("text").asText("-"));
        facts.print(out);
        out.println();
        Ladder.print(entry.path("transcript"), out);
    }

    @Command(
            name = "evidence",
            mixinStandardHelpOptions = true,
            description = "Saves everything that is known of a failure as a zip file.")
    void evidence(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job,
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            description = "file to write (default: PRINTER-JOB.zip in the current directory)")
                    @Nullable
                    Path file) {
        Path to = file == null ? Path.of(printer + "-" + job + ".zip") : file;
        with.client().download(path(printer, job) + "/evidence", to);
        Terminal.OUT.println("Saved as " + to);
    }

    @Command(name = "resubmit", mixinStandardHelpOptions = true, description = "Prints a job again, as a new job.")
    void resubmit(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job,
            @Option(names = "--to", description = "print it on another printer") @Nullable String to) {
        JobsCommand.printState(
                with, with.client().post(path(printer, job) + "/resubmit" + PlatenClient.query("to", to)));
    }

    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Gives a job up: it will not be sent again.")
    void discard(
            @Mixin ClientOptions with,
            @Parameters(paramLabel = "PRINTER") String printer,
            @Parameters(paramLabel = "JOB") String job,
            @Option(names = "--reason", description = "the reason, kept in the journal") @Nullable String reason) {
        with.client().delete(path(printer, job) + PlatenClient.query("reason", reason));
        Terminal.OUT.println("Job " + job + " of " + printer + " is discarded");
    }

    private static String path(String printer, String job) {
        return "/v1/printers/" + encode(printer) + "/failures/" + encode(job);
    }
}
