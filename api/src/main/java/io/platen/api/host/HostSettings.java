package io.platen.api.host;

import io.platen.printer.transport.Sysctl;
import java.util.Map;
import java.util.TreeMap;

/** The host's own TCP settings, as the operating system shows them: Linux {@code /proc/sys} (tcp(7), proc(5)). */
public final class HostSettings {
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

    /** The settings that can be read, by name, and the versions of the operating system and of Java. */
    public static Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        settings.put("java", System.getProperty("java.runtime.version"));
        for (String name : NAMES) {
            Sysctl.read(name).ifPresent(value -> settings.put(name, value));
        }
        return settings;
    }
}
