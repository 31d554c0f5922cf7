package io.platen.printer.transport;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Linux kernel settings: {@code /proc/sys} (proc(5)), by the names that sysctl(8) uses. */
public final class Sysctl {
    private static final int LONGEST = 4096;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private Sysctl() {}

    /** A setting, such as {@code net.ipv4.tcp_retries2}; several values are separated by one space. */
    public static Optional<String> read(String name) {
        // The first read must take the whole value, as a second one finds the end; Files.readString reads one byte
        // first.
        try (var in = new FileInputStream("/proc/sys/" + name.replace('.', '/'))) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII);
            return Optional.of(BLANKS.matcher(text.strip()).replaceAll(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
