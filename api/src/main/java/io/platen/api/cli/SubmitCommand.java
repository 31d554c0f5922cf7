package io.platen.api.cli;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Submits a file as a print job. When the command ends, the job is on the server's disk.")
public final class SubmitCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "FILE", description = "the print data; - is standard input")
    private Path file = Path.of("-");

    @Option(names = "--printer", paramLabel = "PRINTER", required = true, description = "the printer's id")
    private String printer = "";

    @Option(names = "--name", paramLabel = "NAME", description = "a name for the job (default: the file's)")
    private @Nullable String name;

    @Option(names = "--copies", paramLabel = "N", description = "how many times to print it, 1 to 9999")
    private @Nullable Integer copies;

    @Option(names = "--priority", paramLabel = "N", description = "1 to 100, higher first (default: 50)")
    private @Nullable Integer priority;

    @Option(names = "--hold", description = "do not print it until it is released")
    private boolean hold;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "idempotency key: submissions with the same key print once")
    private @Nullable String key;

    @Override
    public Integer call() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        boolean standardInput = file.toString().equals("-");
        String named = name == null && !standardInput ? String.valueOf(file.getFileName()) : name;
        var path = "/v1/printers/" + PlatenClient.encode(printer) + "/jobs"
                + PlatenClient.query("name", named, "copies", copies, "priority", priority, "hold", hold ? true : null);
        var job = options.client().post(path, headers, body(standardInput));
        JobsCommand.printState(options, job);
        return Terminal.DONE;
    }

    private BodyPublisher body(boolean standardInput) {
        if (standardInput) {
            return BodyPublishers.ofInputStream(() -> System.in);
        }
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new ClientException("The file " + file + " cannot be read.", e);
        }
    }
}
