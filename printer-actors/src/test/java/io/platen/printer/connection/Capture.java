package io.platen.printer.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What tcpdump sees at the host's end of the line: the second opinion. */
final class Capture implements AutoCloseable {
    private static final Pattern TCP =
            Pattern.compile("IP (\\S+)\\.(\\d+) > (\\S+)\\.(\\d+): Flags \\[([^]]*)].*? length (\\d+)");
    private static final Pattern ICMP = Pattern.compile("IP (\\S+) > (\\S+): ICMP (.*)");

    /** One packet. {@code port} is our end's; {@code flags} as tcpdump writes them: S, F, R, P and a dot for ACK; {@code icmp} for ICMP. */
    record Packet(String from, String port, String flags, long window, int length, String line) {
        boolean isOurs() {
            return from.equals(Network.HOST);
        }

        boolean has(String flag) {
            return flags.contains(flag);
        }
    }

    private final List<Packet> packets = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread reader;

    private Capture(Process process, CountDownLatch listening) {
        this.process = process;
        this.reader = new Thread(() -> read(process, listening), "capture");
        reader.setDaemon(true);
        reader.start();
    }

    static Capture start(Network network) {
        try {
            var process = network.onHost("tcpdump", "-i", "h0", "-nn", "-l", "--immediate-mode", "tcp or icmp")
                    .redirectErrorStream(true)
                    .start();
            var listening = new CountDownLatch(1);
            var capture = new Capture(process, listening);
            if (!listening.await(20, TimeUnit.SECONDS)) {
                capture.close();
                throw new IllegalStateException("tcpdump does not listen");
            }
            return capture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read(Process tcpdump, CountDownLatch listening) {
        try (var lines = new BufferedReader(new InputStreamReader(tcpdump.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("listening on")) {
                    listening.countDown();
                }
                Matcher tcp = TCP.matcher(line);
                Matcher icmp = ICMP.matcher(line);
                if (tcp.find()) {
                    packets.add(packet(tcp, line));
                } else if (icmp.find()) {
                    packets.add(new Packet(icmp.group(1), "", "icmp", 0, 0, line));
                }
            }
        } catch (IOException e) {
            // It was stopped.
            listening.countDown();
        }
    }

    private static Packet packet(Matcher tcp, String line) {
        boolean ours = tcp.group(1).equals(Network.HOST);
        return new Packet(
                tcp.group(1),
                tcp.group(ours ? 2 : 4),
                tcp.group(5),
                window(line),
                Integer.parseInt(tcp.group(6)),
                line);
    }

    private static long window(String line) {
        Matcher window = Pattern.compile("win (\\d+)").matcher(line);
        return window.find() ? Long.parseLong(window.group(1)) : -1;
    }

    /**
     * The packets of the connections that began under this capture. A connection of an earlier test, whose way is open
     * again, repeats its FIN, and this host answers with a reset: neither says anything about this test.
     */
    List<Packet> packets() {
        List<Packet> seen = List.copyOf(packets);
        Set<String> begun = seen.stream()
                .filter(packet -> packet.isOurs() && packet.has("S"))
                .map(Packet::port)
                .collect(Collectors.toSet());
        return seen.stream()
                .filter(packet -> packet.flags().equals("icmp") || begun.contains(packet.port()))
                .toList();
    }

    /** How many of the latest connection's packets from us are such. */
    long ours(Predicate<Packet> wanted) {
        return latest(Network.HOST).stream().filter(wanted).count();
    }

    /** How many of its packets from the printer. */
    long theirs(Predicate<Packet> wanted) {
        return latest(Network.PRINTER).stream().filter(wanted).count();
    }

    private List<Packet> latest(String from) {
        List<Packet> packets = packets();
        String port = packets.stream()
                .filter(packet -> packet.isOurs() && packet.has("S"))
                .reduce((first, second) -> second)
                .map(Packet::port)
                .orElse("none");
        return packets.stream()
                .filter(packet -> packet.from().equals(from) && packet.port().equals(port))
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
