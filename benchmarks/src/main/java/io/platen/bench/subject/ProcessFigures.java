package io.platen.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel knows of a process (proc(5)). */
public final class ProcessFigures {
    /** USER_HZ, which is 100 on every architecture that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Of the fields behind the command's name: utime, stime, and those of the children that have been waited for. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

    private final Path directory;

    public ProcessFigures(long pid) {
        directory = Path.of("/proc", String.valueOf(pid));
    }

    /** Its processor time, with that of its ended children. */
    public double processorSeconds() throws IOException {
        String stat = Files.readString(directory.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return TIMES.stream().mapToLong(field -> Long.parseLong(fields[field])).sum() / TICKS_PER_SECOND;
    }

    public double residentMegabytes() throws IOException {
        return number(directory.resolve("status"), "VmRSS:") * 1024 / 1e6;
    }

    /** Bytes that it had written to the disk. */
    public long writtenBytes() throws IOException {
        return number(directory.resolve("io"), "write_bytes:");
    }

    public long threads() throws IOException {
        return number(directory.resolve("status"), "Threads:");
    }

    public long openFiles() throws IOException {
        try (var files = Files.list(directory.resolve("fd"))) {
            return files.count();
        }
    }

    /** Of all its threads that live. */
    public long voluntarySwitches() throws IOException {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(directory.resolve("task"))) {
            for (Path thread : threads) {
                try {
                    sum += number(thread.resolve("status"), "voluntary_ctxt_switches:");
                } catch (java.nio.file.NoSuchFileException e) {
                    // The thread has ended meanwhile.
                }
            }
        }
        return sum;
    }

    private static long number(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(file + " has no " + key);
    }
}
