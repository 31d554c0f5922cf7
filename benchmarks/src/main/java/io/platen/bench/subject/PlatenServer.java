package io.platen.bench.subject;

import io.platen.bench.load.Job;
import io.platen.bench.load.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running Platen. Its printers are called p0, p1 and so on. */
public final class PlatenServer implements PrintServer {
    private static final int LABEL_BYTES = 1024;
    private static final Pattern READY = Pattern.compile("Platen is ready at \\S+?:(\\d+)\\s");

    /** No benchmark is about the limit of submissions per caller. */
    private static final String CONFIGURATION = """
            platen.http.submissions.per-second = 1000000
            platen.http.submissions.burst = 10000000
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final PlatenSystem system;
    private final Setup setup;
    private Child child;
    private int port;
    private int starts;

    private PlatenServer(PlatenSystem system, Setup setup) throws IOException {
        this.system = system;
        this.setup = setup;
        Files.createDirectories(setup.directory());
        Files.writeString(setup.directory().resolve("bench.conf"), CONFIGURATION);
        child = launch();
    }

    static PlatenServer start(PlatenSystem system, Setup setup) throws IOException {
        var server = new PlatenServer(system, setup);
        for (int i = 0; i < setup.ports().size(); i++) {
            server.printer(i, setup.ports().get(i));
        }
        return server;
    }

    private Child launch() throws IOException {
        var directory = setup.directory();
        List<String> command = Shell.words(
                system.command(),
                "serve",
                "--port",
                "0",
                "--data-dir",
                directory.resolve("data").toString(),
                "--config",
                directory.resolve("bench.conf").toString());
        starts++;
        Child started = Child.start(command, system.environment(), directory.resolve("log-" + starts));
        started.await(system.name() + "'s \"ready\"", () -> {
            Matcher ready = READY.matcher(started.output());
            boolean found = ready.find();
            if (found) {
                port = Integer.parseInt(ready.group(1));
            }
            return found;
        });
        return started;
    }

    private void printer(int number, int printerPort) throws IOException {
        String printer = "/v1/printers/p" + number;
        call(
                "PUT",
                printer,
                "{\"uri\":\"socket://127.0.0.1:%d\",\"language\":\"zpl\",\"connection\":\"%s\"}"
                        .formatted(printerPort, system.connection()));
        if (setup.paused()) {
            call("POST", printer + "/pause", "");
        }
    }

    /**
     * Calls the API.
     *
     * @return the answer's body
     * @throws IOException also if the answer is no success
     */
    public String call(String method, String path, String body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return child.pid();
    }

    @Override
    public Protocol protocol() {
        byte[] label = Job.label(LABEL_BYTES);
        var jobs = new ArrayList<Job>();
        for (int i = 0; i < setup.ports().size(); i++) {
            String head = """
                    POST /v1/printers/p%d/jobs HTTP/1.1
                    Host: 127.0.0.1:%d
                    Content-Type: application/vnd.zebra-zpl
                    Content-Length: %d

                    """.formatted(i, port, label.length).replace("\n", "\r\n");
            jobs.add(Job.of(head.getBytes(StandardCharsets.US_ASCII), label));
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Protocol(address, jobs, (status, bodyStart) -> status == 201);
    }

    @Override
    public ProcessFigures figures() {
        return new ProcessFigures(child.pid());
    }

    @Override
    public Duration restart() throws IOException {
        child.close();
        long start = System.nanoTime();
        child = launch();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        child.close();
    }
}
