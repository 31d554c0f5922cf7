package io.platen.api.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The host's own TCP settings, as the operating system shows them: Linux {@code /proc/sys} (tcp(7), proc(5)). */
public final class HostSettings {
    private static final Path SYSCTL = Path.of("/proc/sys");
    private static final int LONGEST = 16 * 1024;
    private static final String[] NAMES = {
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_max_tw_buckets",
        "net.ipv4.tcp_orphan_retries",
        "net.ipv4.tcp_retries1",
        "net.ipv4.tcp_retries2",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_syn_retries",
        "net.ipv4.tcp_timestamps",
        "net.ipv4.tcp_tw_reuse",
        "net.ipv4.tcp_wmem",
        "fs.file-max",
        "fs.file-nr"
    };

    private HostSettings() {}

    /** What can be read of them, by name, with what tells the machine's system. */
    public static Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        settings.put("java", System.getProperty("java.runtime.version"));
        for (String name : NAMES) {
            sysctl(name).ifPresent(value -> settings.put(name, value));
        }
        return settings;
    }

    /** A kernel setting, by the name that sysctl(8) uses. */
    static Optional<String> sysctl(String name) {
        return text(SYSCTL.resolve(name.replace('.', '/'))).map(text -> text.replaceAll("\\s+", " "));
    }

    /** Read in one piece: a sysctl's second read finds its end, and {@code Files.readString} reads one byte first. */
    static Optional<String> text(Path file) {
        try (var in = new FileInputStream(file.toFile())) {
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
