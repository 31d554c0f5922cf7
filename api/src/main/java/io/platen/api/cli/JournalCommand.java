package io.platen.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.api.server.StartException;
import io.platen.api.tools.Backup;
import io.platen.api.tools.JournalCheck;
import io.platen.api.tools.JournalExport;
import io.platen.api.tools.JournalImport;
import io.platen.api.tools.RecordedHistory;
import io.platen.api.wire.Json;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.spooler.job.PrinterId;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./platen journal}. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "Reads, checks and copies the journal, and prints its jobs again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = JournalReplayCommand.class,
        footer = {
            "",
            "All commands but import and restore work while a server runs: they read a consistent copy, made of links.",
            "import and restore need an empty data directory."
        })
public final class JournalCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the printers' streams of events.")
    int list(@Mixin ServerOptions server, @Option(names = "--json", description = "print JSON") boolean json)
            throws IOException, StartException {
        try (RecordedHistory history = RecordedHistory.open(server.settings())) {
            var streams = history.summaries();
            if (json) {
                Terminal.OUT.println(Json.pretty(Map.of("streams", streams)));
                return Terminal.DONE;
            }
            var table = new Table("PRINTER", "EVENTS", "FROM", "TO", "SNAPSHOTS", "BYTES", "FIRST", "LAST");
            for (RecordedHistory.PrinterSummary stream : streams) {
                table.row(
                        stream.printer(),
                        stream.events(),
                        stream.from(),
                        stream.to(),
                        stream.snapshots(),
                        stream.bytes(),
                        stream.firstAt() == null ? "-" : stream.firstAt(),
                        stream.lastAt() == null ? "-" : stream.lastAt());
            }
            if (table.isEmpty()) {
                Terminal.OUT.println("The journal is empty");
            } else {
                table.print(Terminal.OUT);
            }
            return Terminal.DONE;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the history of a printer or a job, or its state at a time.")
    int show(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "PRINTER[/JOB]", description = "dock-4, or dock-4/12 for one job") String what,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "show the state at this time, e.g. 2026-11-20T10:00:00Z")
                    @Nullable
                    Instant at,
            @Option(names = "--json", description = "print JSON") boolean json)
            throws IOException, StartException {
        Target target = target(what);
        try (RecordedHistory history = RecordedHistory.open(server.settings())) {
            StreamInfo stream = history.find(target.printer())
                    .orElseThrow(() -> new ClientException("The journal has no printer '" + target.printer() + "'."));
            var shown = new ShownHistory(history, target.printer(), target.job(), stream);
            if (at != null) {
                Terminal.OUT.println(Json.pretty(shown.stateAt(at)));
            } else if (json) {
                var events = new ArrayList<ObjectNode>();
                shown.events((recorded, line) -> events.add(line));
                Terminal.OUT.println(Json.pretty(Map.of("events", events)));
            } else {
                shown.print(Terminal.OUT);
            }
            return Terminal.DONE;
        }
    }

    private record Target(PrinterId printer, @Nullable Integer job) {}

    private Target target(String text) {
        int slash = text.indexOf('/');
        try {
            return slash < 0
                    ? new Target(new PrinterId(text), null)
                    : new Target(new PrinterId(text.substring(0, slash)), Integer.valueOf(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + text + "' must be PRINTER or PRINTER/JOB, such as dock-4/12.", e);
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks every checksum, every reference from a job to its print data, and the events against the states.",
                "Lists all problems; the exit code is 1 if there are any."
            })
    int verify(@Mixin ServerOptions server, @Option(names = "--json", description = "print JSON") boolean json)
            throws IOException, StartException {
        JournalCheck.CheckResult result;
        try (var progress = new TerminalProgress("Verifying")) {
            result = JournalCheck.run(server.settings(), progress);
        }
        if (json) {
            Terminal.OUT.println(Json.pretty(result));
        } else {
            result.findings().forEach(finding -> Terminal.OUT.println(finding.where() + ": " + finding.what()));
            result.notes()
                    .forEach(note -> Terminal.OUT.println("note: " + note + " (left by a crash; no job needs it)"));
            Terminal.OUT.printf(
                    "%s: %,d printers, %,d jobs, %,d events, %,d snapshots, %,d documents%n",
                    result.isSound()
                            ? "No problems"
                            : "%,d problems".formatted(result.findings().size()),
                    result.printers(),
                    result.jobs(),
                    result.events(),
                    result.snapshots(),
                    result.documents());
        }
        return result.isSound() ? Terminal.DONE : Terminal.FAILED;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes everything as JSON Lines, print data included.")
    int export(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "FILE", description = "a new file, or - for standard output") String file)
            throws IOException, StartException {
        JournalExport.ExportResult result;
        try (RecordedHistory history = RecordedHistory.open(server.settings());
                var progress = new TerminalProgress("Exporting");
                OutputStream out = new BufferedOutputStream(
                        file.equals("-") ? unclosed(Terminal.OUT) : create(Path.of(file)), 1 << 16)) {
            result = JournalExport.write(history, out, progress);
        }
        JournalExport.Footer done = result.footer();
        result.leftOut()
                .forEach(what -> Terminal.ERR.println(
                        "left out: " + what + "; ./platen journal verify says whether a job needs it"));
        Terminal.ERR.printf(
                "Exported %,d events, %,d snapshots, %,d documents%n",
                done.events(), done.snapshots(), done.documents());
        return Terminal.DONE;
    }

    private static OutputStream create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new ClientException(file + " already exists; choose another name.");
        }
        return Files.newOutputStream(file);
    }

    /** Standard output stays open for what is printed after the export. */
    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }
        };
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Reads an export into an empty data directory.")
    int importFile(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "FILE", description = "an export, or - for standard input") String file)
            throws IOException, StartException {
        JournalExport.Footer done;
        try (BufferedReader lines = file.equals("-")
                        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        : Files.newBufferedReader(Path.of(file));
                var progress = new TerminalProgress("Importing")) {
            done = JournalImport.read(lines, server.settings(), progress);
        }
        Terminal.OUT.printf(
                "Imported %,d events, %,d snapshots, %,d documents%n",
                done.events(), done.snapshots(), done.documents());
        return Terminal.DONE;
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Copies everything to a new directory; the copy is consistent even while the server runs.")
    int backup(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "DIR", description = "a new directory") Path directory)
            throws IOException, StartException {
        try (var progress = new TerminalProgress("Copying")) {
            Backup.BackupSummary done = Backup.make(server.settings(), directory, progress);
            Terminal.OUT.printf("Copied %,d files, %,d bytes to %s%n", done.files(), done.bytes(), directory);
        }
        return Terminal.DONE;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Puts a backup back into an empty data directory.")
    int restore(@Mixin ServerOptions server, @Parameters(paramLabel = "DIR", description = "a backup") Path directory)
            throws IOException, StartException {
        try (var progress = new TerminalProgress("Copying")) {
            Backup.BackupSummary done = Backup.restore(directory, server.settings(), progress);
            Terminal.OUT.printf("Restored %,d files, %,d bytes of %s%n", done.files(), done.bytes(), done.at());
        }
        return Terminal.DONE;
    }
}
