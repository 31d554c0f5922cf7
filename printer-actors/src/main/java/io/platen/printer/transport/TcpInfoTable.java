package io.platen.printer.transport;

import io.platen.printer.transport.TcpInfo.Timer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Linux {@code /proc/net/tcp} and {@code /proc/net/tcp6} (proc(5)), for sockets whose descriptor is not accessible. A
 * look-up takes milliseconds with many sockets. The table has neither the time of the last ACK nor the total of
 * retransmissions, and a connection's row disappears when it is reset.
 */
final class TcpInfoTable {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int TIMER = 5;
    private static final int RETRANSMITS = 6;
    private static final int PROBES = 8;

    private TcpInfoTable() {}

    static boolean isAvailable() {
        return TABLES.stream().anyMatch(Files::isReadable);
    }

    /**
     * Looks a connection up.
     *
     * @param written bytes that were handed to the kernel before this call
     */
    static Optional<TcpInfo> of(InetSocketAddress local, InetSocketAddress remote, long written) {
        for (Path table : TABLES) {
            boolean wide = table.endsWith("tcp6");
            var from = hex(local, wide);
            var to = hex(remote, wide);
            if (from.isEmpty() || to.isEmpty() || !Files.isReadable(table)) {
                continue;
            }
            try (BufferedReader rows = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
                for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                    if (row.contains(from.get()) && row.contains(to.get())) {
                        String[] columns = BLANKS.split(row.strip());
                        if (columns[LOCAL].equals(from.get()) && columns[REMOTE].equals(to.get())) {
                            return Optional.of(read(columns, written));
                        }
                    }
                }
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static TcpInfo read(String[] columns, long written) {
        String state = TcpInfoSocket.state(Integer.parseInt(columns[STATE], 16));
        long queued = Long.parseLong(columns[QUEUES].substring(0, columns[QUEUES].indexOf(':')), 16);
        boolean ownFinQueued =
                queued > 0 && List.of("FIN_WAIT_1", "LAST_ACK", "CLOSING").contains(state);
        return new TcpInfo(
                state,
                switch (columns[TIMER].substring(0, 2)) {
                    case "01" -> Timer.RETRANSMISSION;
                    case "02" -> Timer.KEEPALIVE;
                    case "03" -> Timer.TIME_WAIT;
                    case "04" -> Timer.PERSIST;
                    default -> Timer.NONE;
                },
                Integer.parseInt(columns[RETRANSMITS], 16),
                Integer.parseInt(columns[PROBES]),
                OptionalLong.empty(),
                OptionalLong.empty(),
                written - (ownFinQueued ? queued - 1 : queued),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0);
    }

    /** The address as the kernel prints it: 32-bit words in its byte order, then the port. Empty for the other family's table. */
    private static Optional<String> hex(InetSocketAddress address, boolean wide) {
        InetAddress ip = address.getAddress();
        byte[] bytes = ip.getAddress();
        var text = new StringBuilder();
        if (wide && ip instanceof Inet4Address) {
            // IPv4-mapped (RFC 4291, section 2.5.5.2): how Java's dual-stack sockets appear.
            bytes = ByteBuffer.allocate(16)
                    .putInt(0)
                    .putInt(0)
                    .putInt(0xffff)
                    .put(bytes)
                    .array();
        } else if (wide != (bytes.length == 16)) {
            return Optional.empty();
        }
        var words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            text.append("%08X".formatted(words.getInt()));
        }
        return Optional.of(text.append(":%04X".formatted(address.getPort())).toString());
    }
}
