package io.platen.api.cli;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.api.tools.RecordedHistory;
import io.platen.api.tools.Replay;
import io.platen.api.wire.InvalidFieldException;
import io.platen.api.wire.Json;
import io.platen.api.wire.ProfileReader;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.WhatIf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./platen journal replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a printer's recorded jobs again: on a simulator, or with --really on a printer.",
            "With --policy, prints nothing, and shows what other settings would have done."
        },
        footer = {
            "",
            "FILE has the fields of PUT /v1/printers/{printer}, as HOCON or JSON; fields that it leaves out stay as recorded.",
            "delivery and attempts change what follows a failure. How a printer would have answered with other",
            "timeouts or another confirmation is not recorded.",
            "",
            "Exit code: 0 when every job was printed, 1 when not."
        })
public final class JournalReplayCommand implements Callable<Integer> {
    private static final String SIMULATOR = "simulator";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "PRINTER")
    private String printer = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "jobs submitted at this time or later; with --policy: what happened from this time on")
    private Instant from = Instant.MIN;

    @Option(names = "--to", paramLabel = "TIME", description = "jobs submitted before this time")
    private Instant to = Instant.MAX;

    @Option(
            names = "--into",
            paramLabel = "URI|simulator",
            description = "where to print them (default: a simulator, which accepts everything)")
    private String into = SIMULATOR;

    @Option(names = "--really", description = "print on a real printer")
    private boolean really;

    /** Whether the recorded pauses between submissions are kept. */
    enum Speed {
        RECORDED,
        FULL
    }

    @Option(names = "--speed", paramLabel = "recorded|full", description = "with the recorded pauses (default: full)")
    private Speed speed = Speed.FULL;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "show what the settings in this file would have done")
    private @Nullable Path policy;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, StartException, InterruptedException {
        boolean simulated = into.equalsIgnoreCase(SIMULATOR);
        if (!simulated && !really) {
            throw new ParameterException(
                    spec.commandLine(), "This would print on " + into + ". Add --really if that is what you want.");
        }
        ServerSettings settings = server.settings();
        try (RecordedHistory history = RecordedHistory.open(settings);
                var progress = new TerminalProgress("Replaying")) {
            if (policy != null) {
                return whatIf(history, policy);
            }
            if (!simulated) {
                return print(Replay.run(history, settings, order(into), progress), null);
            }
            try (SimulatedPrinter simulator = SimulatedPrinter.start(SimulatorSettings.healthy())) {
                return print(Replay.run(history, settings, order(simulator.uri()), progress), simulator);
            }
        }
    }

    private Replay.Order order(String uri) {
        return new Replay.Order(id(), from, to, uri, speed == Speed.RECORDED);
    }

    private PrinterId id() {
        try {
            return new PrinterId(printer);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "'" + printer + "' is not a printer's id.", e);
        }
    }

    private int print(Replay.ReplayResult result, @Nullable SimulatedPrinter simulator) {
        if (json) {
            Terminal.OUT.println(Json.pretty(result));
        } else {
            Terminal.OUT.printf("%,d jobs were recorded%n", result.recorded());
            for (Map.Entry<JobState, Integer> state : result.states().entrySet()) {
                Terminal.OUT.printf(
                        "%,d are %s now%n", state.getValue(), state.getKey().keyword());
            }
            if (result.withoutDocument() > 0) {
                Terminal.OUT.printf("%,d were left out: their print data has been deleted%n", result.withoutDocument());
            }
            if (simulator != null) {
                Terminal.OUT.printf(
                        "The simulator received %,d labels, %,d bytes%n", simulator.labels(), simulator.bytes());
            }
            Terminal.OUT.printf("It took %.1f s%n", result.took().toMillis() / 1000.0);
        }
        return result.isComplete() ? Terminal.DONE : Terminal.FAILED;
    }

    private int whatIf(RecordedHistory history, Path file) throws IOException {
        StreamInfo stream = history.find(id())
                .orElseThrow(() -> new ClientException("The journal has no printer '" + printer + "'."));
        QueueState before = history.stateBefore(id(), stream);
        QueueState began = from.isAfter(Instant.MIN) ? stateAt(history, stream, before) : before;
        var asRecorded = WhatIf.from(began, UnaryOperator.identity());
        var withThese = WhatIf.from(began, settings(file));
        history.events(id(), began.events() + 1, stream.highest(), recorded -> {
            if (recorded.event().at().isBefore(to)) {
                asRecorded.next(recorded.event());
                withThese.next(recorded.event());
            }
        });
        if (json) {
            Terminal.OUT.println(Json.pretty(Map.of("recorded", asRecorded.tally(), "withThese", withThese.tally())));
            return Terminal.DONE;
        }
        var then = asRecorded.tally();
        var after = withThese.tally();
        new Table("JOBS", "AS RECORDED", "WITH THESE SETTINGS", "WHAT IT MEANS")
                .row("submitted", then.submitted(), after.submitted(), "")
                .row(
                        "repeated",
                        then.repeated(),
                        after.repeated(),
                        "sent again after bytes had left: may have been printed twice")
                .row("held", then.held(), after.held(), "waited for an operator: may or may not have been printed")
                .row("failed", then.failed(), after.failed(), "went to failure storage")
                .row("lost", then.lost(), after.lost(), "counted as printed, although there was a warning")
                .row("unfinished", then.unfinished(), after.unfinished(), "not finished in the end")
                .print(Terminal.OUT);
        return Terminal.DONE;
    }

    /** The recorded state at {@code --from}: only later events are judged by the other settings. */
    private QueueState stateAt(RecordedHistory history, StreamInfo stream, QueueState before) throws IOException {
        var state = new QueueState[] {before};
        history.events(id(), before.events() + 1, stream.highest(), recorded -> {
            if (recorded.event().at().isBefore(from)) {
                state[0] = state[0].after(recorded.event());
            }
        });
        return state[0];
    }

    /** Puts the file's fields over a recorded profile. */
    private static UnaryOperator<PrinterProfile> settings(Path file) {
        if (!Files.isReadable(file)) {
            throw new ClientException("The policy " + file + " cannot be read.");
        }
        String given = ConfigFactory.parseFile(file.toFile()).root().render(ConfigRenderOptions.concise());
        return recorded -> {
            try {
                return ProfileReader.over(recorded, Json.parse(given));
            } catch (InvalidFieldException e) {
                throw new ClientException("%s: %s: %s".formatted(file, e.field(), e.getMessage()));
            } catch (IOException e) {
                throw new ClientException("The policy " + file + " cannot be read: " + e.getMessage());
            }
        };
    }
}
