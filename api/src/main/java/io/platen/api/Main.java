package io.platen.api;

import io.platen.api.cli.CompletionCommand;
import io.platen.api.cli.DemoCommand;
import io.platen.api.cli.DoctorCommand;
import io.platen.api.cli.FailuresCommand;
import io.platen.api.cli.JobsCommand;
import io.platen.api.cli.JournalCommand;
import io.platen.api.cli.PrintersCommand;
import io.platen.api.cli.RehearseCommand;
import io.platen.api.cli.ServeCommand;
import io.platen.api.cli.SimulateCommand;
import io.platen.api.cli.SubmitCommand;
import io.platen.api.cli.Terminal;
import io.platen.api.cli.TokenCommand;
import io.platen.api.host.Umask;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./platen}. Exit codes: 0 done, 1 refused or failed, 2 usage. */
@Command(
        name = "platen",
        description = "Gets labels onto printers exactly as often as promised, and says why when it cannot.",
        mixinStandardHelpOptions = true,
        version = "Platen 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            DemoCommand.class,
            SubmitCommand.class,
            PrintersCommand.class,
            JobsCommand.class,
            FailuresCommand.class,
            JournalCommand.class,
            SimulateCommand.class,
            TokenCommand.class,
            DoctorCommand.class,
            RehearseCommand.class,
            CompletionCommand.class);

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        Umask.ownerOnly();
        int code = run(args);
        Terminal.flush();
        System.exit(code);
    }

    static int run(String... args) {
        return line(args)
                .setExecutionExceptionHandler(Terminal::onFailure)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    /** A command line with the subcommands that these arguments need. */
    static CommandLine line(String... args) {
        var line = new CommandLine(new Main());
        commands(args).forEach(line::addSubcommand);
        return line;
    }

    /** Only the called command, if the first argument names one: picocli takes a third of a second to read all of them. */
    private static List<Class<?>> commands(String... args) {
        return COMMANDS.stream()
                .filter(command -> args.length > 0 && command != CompletionCommand.class)
                .filter(command -> command.getAnnotation(Command.class).name().equals(args[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }
}
