package io.platen.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The live heap of a JVM, by jcmd, which collects garbage first. */
public final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private LiveHeap() {}

    /** In bytes; the second collection frees what the first one finalized. */
    public static long of(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Programs.run(jcmd, String.valueOf(pid), "GC.run");
        Matcher total = TOTAL.matcher(Programs.run(jcmd, String.valueOf(pid), "GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("jcmd's histogram of process " + pid + " has no total");
        }
        return Long.parseLong(total.group(1));
    }
}
