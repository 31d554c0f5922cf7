package io.platen.printer.transport;

/** How many connections to one address this host can have, closed ones in TIME_WAIT included. */
public final class LocalPorts {
    /** IANA's dynamic range (RFC 6335, section 6), which Windows uses. */
    private static final int USUAL = 16_384;

    private LocalPorts() {}

    /** The size of Linux's ip_local_port_range; no limit where tcp_tw_reuse makes the ports free at once. */
    public static int count() {
        if (Sysctl.read("net.ipv4.tcp_tw_reuse").filter("1"::equals).isPresent()) {
            return Integer.MAX_VALUE;
        }
        return Sysctl.read("net.ipv4.ip_local_port_range")
                .map(range -> range.split(" ", -1))
                .map(ends -> Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1)
                .orElse(USUAL);
    }
}
