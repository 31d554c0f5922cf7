package io.platen.api.cli;

import io.platen.api.server.Server;
import io.platen.api.server.StartException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the server in the foreground until SIGTERM or SIGINT.",
        footer = {"", "The command line overrides the environment, the environment the file, and the file the defaults."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:PLATEN_PORT}",
            description = "port to listen on, 0 for a free one (default: 8631; environment: PLATEN_PORT)")
    private @Nullable Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:PLATEN_BIND}",
            description = "address to listen on (default: 127.0.0.1; environment: PLATEN_BIND)")
    private @Nullable String bind;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--insecure", description = "listen on a non-loopback address without credentials")
    private boolean insecure;

    @Override
    public Integer call() throws StartException {
        var settings = options.settings(port, bind, insecure);
        var server = Server.start(settings);
        Terminal.OUT.println("Platen is ready at " + server.url());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(server), "serve-end"));
        server.awaitEnd();
        return Terminal.DONE;
    }

    /** An orderly end after a signal is a success: exit code 0, not 143. A fatal error keeps its own exit code. */
    private static void endInOrder(Server server) {
        boolean bySignal = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().matches("SIG(TERM|INT|HUP) handler"));
        boolean ended = server.awaitEnd(LONGEST_END);
        Terminal.flush();
        if (bySignal) {
            Runtime.getRuntime().halt(ended ? Terminal.DONE : Terminal.FAILED);
        }
    }
}
