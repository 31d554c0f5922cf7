package io.platen.bench.subject;

import io.platen.bench.load.Job;
import io.platen.bench.load.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running cupsd with raw queues, called q0, q1 and so on. Its spool is not synced, as CUPS comes. */
final class CupsServer implements PrintServer {
    private static final int LABEL_BYTES = 1024;
    private static final int PRINT_JOB = 2;

    private final Setup setup;
    private final Path root;
    private final int port;
    private Child child;
    private int starts;

    CupsServer(Setup setup) throws IOException {
        this.setup = setup;
        root = setup.directory();
        port = freePort();
        for (String directory : List.of("etc", "spool", "spool/tmp", "cache", "run", "log", "docroot")) {
            Files.createDirectories(root.resolve(directory));
        }
        // The backends run as another user and must pass.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("etc/cupsd.conf"), CupsConfiguration.server(port, root));
        Files.writeString(root.resolve("etc/cups-files.conf"), CupsConfiguration.files(root));
        Files.writeString(root.resolve("etc/printers.conf"), CupsConfiguration.queues(setup.ports(), setup.paused()));
        child = launch();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Child launch() throws IOException {
        starts++;
        Child started = Child.start(
                List.of(
                        CupsSystem.DAEMON.toString(),
                        "-f",
                        "-c",
                        root.resolve("etc/cupsd.conf").toString(),
                        "-s",
                        root.resolve("etc/cups-files.conf").toString()),
                Map.of(),
                root.resolve("log/start-" + starts));
        started.await("The start of cupsd", this::listens);
        return started;
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Print-Job of RFC 8011, 4.2.1; the document follows the attributes. */
    @Override
    public Protocol protocol() {
        byte[] label = Job.label(LABEL_BYTES);
        var jobs = new ArrayList<Job>();
        for (int i = 0; i < setup.ports().size(); i++) {
            byte[] attributes = attributes(i);
            String head =
                    """
                    POST /printers/q%d HTTP/1.1
                    Host: 127.0.0.1:%d
                    Content-Type: application/ipp
                    Content-Length: %d

                    """.formatted(i, port, attributes.length + label.length).replace("\n", "\r\n");
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(attributes);
            jobs.add(Job.of(bytes.toByteArray(), label));
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        // The body begins with IPP's version and status; below 0x100 a status means success.
        return new Protocol(address, jobs, (status, bodyStart) -> status == 200 && (bodyStart & 0xffff) < 0x100);
    }

    private byte[] attributes(int queue) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {2, 0, 0, PRINT_JOB, 0, 0, 0, 1, 1});
        attribute(request, 0x47, "attributes-charset", "utf-8");
        attribute(request, 0x48, "attributes-natural-language", "en");
        attribute(request, 0x45, "printer-uri", "ipp://127.0.0.1:" + port + "/printers/q" + queue);
        attribute(request, 0x42, "requesting-user-name", "bench");
        attribute(request, 0x49, "document-format", "application/octet-stream");
        request.write(3);
        return request.toByteArray();
    }

    private static void attribute(ByteArrayOutputStream request, int tag, String name, String value) {
        request.write(tag);
        for (String each : List.of(name, value)) {
            request.write(each.length() >> 8);
            request.write(each.length());
            request.writeBytes(each.getBytes(StandardCharsets.US_ASCII));
        }
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
