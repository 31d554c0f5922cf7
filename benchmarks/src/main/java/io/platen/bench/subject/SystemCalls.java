package io.platen.bench.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts a process's system calls with strace. */
public final class SystemCalls implements AutoCloseable {
    private static final String TRACED = "trace=futex,fsync,fdatasync,msync,setsockopt,getsockopt,"
            + "epoll_ctl,epoll_wait,statfs,stat,openat,read,write,writev,sendto,recvfrom";

    private final Process strace;
    private final BufferedReader said;
    private final Path table;

    private SystemCalls(Process strace, Path table) {
        this.strace = strace;
        this.table = table;
        said = new BufferedReader(new InputStreamReader(strace.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** Begins to count; strace leaves its table in this file. */
    public static SystemCalls of(long pid, Path table) throws IOException {
        Process strace = new ProcessBuilder(
                        "strace", "-f", "-c", "-e", TRACED, "-o", table.toString(), "-p", String.valueOf(pid))
                .start();
        var calls = new SystemCalls(strace, table);
        String first = calls.said.readLine();
        if (first == null || !first.contains("attached")) {
            throw new IOException("strace cannot attach to process " + pid + ": " + first);
        }
        return calls;
    }

    /** Ends; how often each call was made. */
    public Map<String, Long> stop() throws IOException {
        // By its handle: the process's own destroy() would also close the stream that tells of the end.
        strace.toHandle().destroy();
        while (said.readLine() != null) {
            // Until it has let go of each thread.
        }
        return parse(Files.readAllLines(table));
    }

    /** Columns: share of time, seconds, microseconds per call, calls, errors if any, name. */
    static Map<String, Long> parse(List<String> lines) {
        var counts = new TreeMap<String, Long>();
        for (String line : lines) {
            String[] columns = line.strip().split(" +", -1);
            if (columns.length >= 5 && columns[0].matches("[0-9.]+") && !columns[columns.length - 1].equals("total")) {
                counts.put(columns[columns.length - 1], Long.parseLong(columns[3]));
            }
        }
        return counts;
    }

    @Override
    public void close() {
        strace.toHandle().destroy();
    }
}
