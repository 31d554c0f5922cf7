package io.platen.printer.transport;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How many connections to one address this host can have, its closed ones in TIME_WAIT included. */
public final class LocalPorts {
    /** IANA's dynamic range (RFC 6335, section 6), which Windows uses. */
    private static final int USUAL = 16_384;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private LocalPorts() {}

    /** As Linux's ip_local_port_range says; without bound where tcp_tw_reuse gives ports back at once. */
    public static int count() {
        if (read("tcp_tw_reuse").equals("1")) {
            return Integer.MAX_VALUE;
        }
        String[] ends = BLANKS.split(read("ip_local_port_range"), -1);
        return ends.length == 2 ? Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1 : USUAL;
    }

    /** In one piece: a sysctl's second read finds its end. */
    private static String read(String name) {
        try (var in = new FileInputStream("/proc/sys/net/ipv4/" + name)) {
            return new String(in.readNBytes(128), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
