package io.platen.api.cli;

import io.platen.api.server.StartException;
import io.platen.api.tools.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rehearse",
        hidden = true,
        mixinStandardHelpOptions = true,
        description =
                "Loads a temporary server with simulated printers, for the JVM's cache. ./platen runs it after a build.")
public final class RehearseCommand implements Callable<Integer> {
    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = "how long the load lasts")
    private int seconds;

    @Override
    public Integer call() throws StartException, IOException {
        if (System.getenv("PLATEN_LOG_LEVEL") == null) {
            System.setProperty("PLATEN_LOG_LEVEL", "OFF");
        }
        long jobs = Rehearsal.run(
                Path.of(System.getProperty("java.io.tmpdir")),
                Duration.ofSeconds(seconds),
                RehearseCommand::runShortCommands);
        Terminal.OUT.println("%,d jobs were accepted.".formatted(jobs));
        // A cache of a server that printed nothing would be of no use.
        return jobs > 0 ? Terminal.DONE : Terminal.FAILED;
    }

    /** The cache serves these, too. */
    private static void runShortCommands(String url) {
        new CommandLine(new PrintersCommand()).execute("list", "--server", url);
        new CommandLine(new FailuresCommand()).execute("list", "--server", url);
        new CommandLine(new JobsCommand()).execute("list", "refuses-the-job", "--server", url);
    }
}
