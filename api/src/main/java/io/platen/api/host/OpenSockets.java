package io.platen.api.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** This process's TCP sockets by their state (RFC 9293, section 3.3.2), as Linux lists them. */
public final class OpenSockets {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    /** In the order of the kernel's numbers, which begin at 1. */
    private static final List<String> STATES = List.of(
            "established",
            "syn-sent",
            "syn-received",
            "fin-wait-1",
            "fin-wait-2",
            "time-wait",
            "closed",
            "close-wait",
            "last-ack",
            "listen",
            "closing");

    private static final int STATE_COLUMN = 3;
    private static final int INODE_COLUMN = 9;

    private OpenSockets() {}

    /** How many sockets are in each state; empty where the host does not list them. */
    public static Map<String, Integer> byState() {
        var counts = new TreeMap<String, Integer>();
        try {
            Set<String> own = inodes();
            for (Path table : TABLES) {
                if (Files.isReadable(table)) {
                    count(table, own, counts);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return Map.of();
        }
        return counts;
    }

    private static Set<String> inodes() throws IOException {
        var inodes = new HashSet<String>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return inodes;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    /** Empty when the descriptor was closed after it was listed. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static void count(Path table, Set<String> own, Map<String, Integer> counts) throws IOException {
        for (String line : Files.readAllLines(table)) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > INODE_COLUMN && own.contains(columns[INODE_COLUMN])) {
                int state = Integer.parseInt(columns[STATE_COLUMN], 16);
                if (state >= 1 && state <= STATES.size()) {
                    counts.merge(STATES.get(state - 1), 1, Integer::sum);
                }
            }
        }
    }
}
