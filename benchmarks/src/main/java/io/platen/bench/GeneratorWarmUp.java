package io.platen.bench;

import io.platen.bench.load.Job;
import io.platen.bench.load.LoadGenerator;
import io.platen.bench.load.Pace;
import io.platen.bench.load.Protocol;
import io.platen.bench.sink.PrinterEnds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Compiles the load generator and the printers' ends before anything is measured: the first seconds of a fresh server
 * must not be those of a fresh load generator.
 */
final class GeneratorWarmUp {
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final int CLIENTS = 4;
    private static final byte[] ANSWER =
            "HTTP/1.1 201 Created\r\nLocation: /v1/printers/p0/jobs/1\r\nContent-Length: 2\r\n\r\n{}"
                    .getBytes(StandardCharsets.US_ASCII);

    private GeneratorWarmUp() {}

    static void run() throws IOException {
        byte[] label = Job.label(1024);
        byte[] head = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var ends = new PrinterEnds(CLIENTS);
                var server = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress())) {
            var acceptor = new Thread(() -> accept(server, head.length + label.length, ends), "warm-up");
            acceptor.setDaemon(true);
            acceptor.start();
            var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            var protocol = new Protocol(address, List.of(Job.of(head, label)), (status, start) -> status == 201);
            new LoadGenerator(protocol).run(Pace.closed(CLIENTS, TIME));
        }
    }

    private static void accept(ServerSocket server, int requestBytes, PrinterEnds ends) {
        try {
            for (int port : ends.ports()) {
                Socket client = server.accept();
                var thread = new Thread(() -> answer(client, requestBytes, port), "warm-up-client");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes each request on to a printer. */
    private static void answer(Socket client, int requestBytes, int port) {
        try (client;
                var printer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setTcpNoDelay(true);
            while (true) {
                byte[] request = client.getInputStream().readNBytes(requestBytes);
                if (request.length < requestBytes) {
                    return;
                }
                printer.getOutputStream().write(request);
                client.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
