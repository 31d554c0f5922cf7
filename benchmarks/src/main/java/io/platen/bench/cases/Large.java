package io.platen.bench.cases;

import io.platen.bench.sink.PrinterEnds;
import io.platen.bench.subject.LiveHeap;
import io.platen.bench.subject.PlatenServer;
import io.platen.bench.subject.PlatenSystem;
import io.platen.bench.subject.Programs;
import io.platen.bench.subject.Setup;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** One job of a gibibyte: in, and out again. */
final class Large implements Case {
    private static final long SIZE = 1L << 30;
    private static final int BLOCK = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String SETTING = "1 GiB";
    private static final String IN = "accepted, MB/s";
    private static final String OUT = "from acceptance to last byte, MB/s";

    @Override
    public String name() {
        return "large";
    }

    @Override
    public String description() {
        return "1 GiB in and out, beside SHA-256 alone and socat";
    }

    @Override
    public void run(Lab lab) throws IOException {
        Path file = lab.directory();
        write(file);
        boolean socat = Programs.find("socat").isPresent();
        if (!socat) {
            lab.note("socat is left out: it is not installed (Debian: apt-get install socat).");
        }
        var platens = new ArrayList<Sending>();
        try (var ends = new PrinterEnds(1)) {
            for (PlatenSystem platen : lab.systems().platens()) {
                platens.add(new Sending(platen.name(), platen.start(new Setup(lab.directory(), ends.ports(), false))));
            }
            for (int round = 1; round <= lab.plan().rounds(); round++) {
                for (Sending platen : platens) {
                    lab.record(name(), SETTING, platen.name, round, platen.send(file, ends));
                }
                lab.record(name(), SETTING, "SHA-256", round, Map.of(IN, sha256(file)));
                if (socat) {
                    lab.record(name(), SETTING, "socat", round, Map.of(OUT, socat(file, ends)));
                }
            }
        } finally {
            platens.forEach(platen -> platen.server.close());
        }
    }

    /** Random bytes, the same in each run. */
    private static void write(Path file) throws IOException {
        var random = new Random(42);
        byte[] block = new byte[BLOCK];
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BLOCK)) {
            for (long written = 0; written < SIZE; written += BLOCK) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }

    private static double sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            long start = System.nanoTime();
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                digest.update(block, 0, count);
            }
            digest.digest();
            return perSecond(start, System.nanoTime());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double socat(Path file, PrinterEnds ends) throws IOException {
        long before = ends.bytes();
        long start = System.nanoTime();
        Programs.run(
                "socat", "-u", "OPEN:" + file, "TCP:127.0.0.1:" + ends.ports().get(0));
        ends.awaitBytes(before + SIZE, LONGEST);
        return perSecond(start, ends.lastByteNanos());
    }

    private static double perSecond(long start, long end) {
        return SIZE / 1e6 / ((end - start) / 1e9);
    }

    /** One Platen. */
    private static final class Sending {
        final String name;
        final PlatenServer server;

        Sending(String name, PlatenServer server) {
            this.name = name;
            this.server = server;
        }

        Map<String, Double> send(Path file, PrinterEnds ends) throws IOException {
            long heap = LiveHeap.of(server.pid());
            long before = ends.bytes();
            long start = System.nanoTime();
            long accepted = post(file);
            if (!ends.awaitBytes(before + SIZE, LONGEST)) {
                throw new IOException(name + " has not printed 1 GiB in " + LONGEST);
            }
            var values = new LinkedHashMap<String, Double>();
            values.put(IN, perSecond(start, accepted));
            values.put(OUT, perSecond(accepted, ends.lastByteNanos()));
            values.put("growth of the live heap, MB", (LiveHeap.of(server.pid()) - heap) / 1e6);
            values.put(Measures.RESIDENT, server.figures().residentMegabytes());
            return values;
        }

        private long post(Path file) throws IOException {
            String head = "POST /v1/printers/p0/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                    + "Content-Type: application/octet-stream\r\nContent-Length: " + SIZE + "\r\n\r\n";
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    var in = Files.newInputStream(file)) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                byte[] block = new byte[BLOCK];
                for (int count = in.read(block); count > 0; count = in.read(block)) {
                    socket.getOutputStream().write(block, 0, count);
                }
                String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                if (!status.equals("HTTP/1.1 201")) {
                    throw new IOException(name + " answered " + status + " to 1 GiB");
                }
                return System.nanoTime();
            }
        }
    }
}
