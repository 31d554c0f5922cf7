package io.platen.api.cli;

import io.platen.api.server.Server;
import io.platen.api.server.ServerSettings;
import io.platen.api.server.StartException;
import io.platen.api.tools.RecordedHistory;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.PrinterId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs a server with four simulated printers, of which three misbehave, and prints labels on them.",
        footer = {"", "All data is in a temporary directory, which is removed at the end."})
public final class DemoCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 8631;
    private static final long PATIENCE_SECONDS = 120;
    private static final long END_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);

    @Option(names = "--exit", description = "end after the table; exit code 0 only if every job ended as expected")
    private boolean exit;

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on (default: 8631, or a free one)")
    private int port = -1;

    @Override
    public Integer call() throws StartException, IOException {
        if (System.getenv("PLATEN_LOG_LEVEL") == null) {
            System.setProperty("PLATEN_LOG_LEVEL", "WARN");
        }
        Path data = Files.createTempDirectory("platen-demo-");
        var cast = DemoPrinter.cast();
        try {
            Server server = Server.start(ServerSettings.read(
                    new ServerSettings.Overrides(port >= 0 ? port : usualOrFree(), "127.0.0.1", data, null, false)));
            try {
                boolean asExpected = play(server, cast);
                if (exit) {
                    return asExpected ? Terminal.DONE : Terminal.FAILED;
                }
                stayUp(server);
                return Terminal.DONE;
            } finally {
                server.stop();
            }
        } finally {
            cast.forEach(printer -> printer.simulated().close());
            deleteAll(data);
            ended.countDown();
        }
    }

    private static boolean play(Server server, List<DemoPrinter> cast) {
        var out = Terminal.OUT;
        out.println("Platen is ready at " + server.url());
        out.println();
        var client = new PlatenClient(URI.create(server.url()), null);
        int total = cast.stream().mapToInt(DemoPrinter::labels).sum();
        var progress = new DemoProgress(total);
        server.spooler().board().listen(progress);
        for (DemoPrinter printer : cast) {
            client.put("/v1/printers/" + printer.id(), printer.profile());
        }
        for (DemoPrinter printer : cast) {
            for (int label = 1; label <= printer.labels(); label++) {
                client.post(
                        "/v1/printers/" + printer.id() + "/jobs" + PlatenClient.query("name", "label-" + label),
                        Map.of("Content-Type", "application/octet-stream"),
                        BodyPublishers.ofString(printer.label(label)));
            }
        }
        boolean ended = progress.await(PATIENCE_SECONDS);
        out.println();
        boolean asExpected = table(server.spooler().board(), cast);
        out.println();
        if (!ended) {
            out.println("Not every job has ended after " + PATIENCE_SECONDS + " s.");
        }
        out.println(asExpected && ended ? "Every job ended as expected." : "NOT every job ended as expected.");
        return asExpected && ended;
    }

    private static boolean table(StatusBoard board, List<DemoPrinter> cast) {
        var table = new Table("PRINTER", "IS", "JOBS", "COMPLETED", "RETRIED", "FAILED", "REASON", "LAST WORDS");
        boolean asExpected = true;
        for (DemoPrinter printer : cast) {
            PrinterStatus status = board.find(new PrinterId(printer.id())).orElseThrow();
            var jobs = status.queue().jobs().all();
            long completed = jobs.stream()
                    .filter(job -> job.state() == JobState.COMPLETED)
                    .count();
            long retried =
                    jobs.stream().filter(job -> job.attempts().size() > 1).count();
            long failed = status.queue().jobs().counts().failed();
            var failure = jobs.stream()
                    .flatMap(job -> job.lastFailedAttempt().stream())
                    .map(JobAttempt::failure)
                    .filter(Objects::nonNull)
                    .findFirst();
            table.row(
                    printer.id(),
                    printer.character(),
                    jobs.size(),
                    completed,
                    retried,
                    failed,
                    failure.map(f -> f.cause().keyword() + ", ended by "
                                    + f.endedBy().keyword())
                            .orElse("-"),
                    failure.map(f -> f.lastWords() == null
                                    ? "-"
                                    : f.lastWords().text().strip())
                            .orElse("-"));
            asExpected &= printer.isAsExpected(completed, retried, failed);
        }
        table.print(Terminal.OUT);
        return asExpected;
    }

    private void awaitEnded() {
        try {
            if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
                Terminal.ERR.println("platen: the demo did not shut down within " + END_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stayUp(Server server) {
        Terminal.OUT.println();
        Terminal.OUT.println("Still up at " + server.url() + ". Try: curl " + server.url() + "/v1/failures");
        Terminal.OUT.println("Press Ctrl-C to stop it.");
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopped.countDown();
                            awaitEnded();
                        },
                        "demo-end"));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int usualOrFree() {
        try (var socket = new ServerSocket(USUAL_PORT)) {
            return socket.getLocalPort();
        } catch (IOException inUse) {
            return 0;
        }
    }

    private static void deleteAll(Path directory) {
        try {
            RecordedHistory.deleteTree(directory);
        } catch (IOException | UncheckedIOException e) {
            Terminal.ERR.println("platen: " + directory + " could not be removed: " + e.getMessage());
        }
    }
}
