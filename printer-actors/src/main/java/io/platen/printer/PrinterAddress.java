package io.platen.printer;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a printer listens for raw print data.
 *
 * @param host name or address; IPv6 without brackets, its zone after a {@code %}
 * @param port 1 to 65535
 */
public record PrinterAddress(String host, int port) {
    private static final int RAW_PORT = 9100;

    /** What some resolver would read as an IPv4 address. */
    private static final Pattern NUMBERS = Pattern.compile("(?i)[0-9.]+|(0x[0-9a-f]+\\.?)+");

    /** An IPv6 address with its zone; the percent sign before that is itself encoded (RFC 6874, section 2). */
    private static final Pattern ZONED =
            Pattern.compile("([^\\[]*\\[)([0-9A-Fa-f:.]+)%(?:25)?([A-Za-z0-9._~-]+)(\\].*)");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    public PrinterAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("A printer's address needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A printer's port is 1 to 65535, not " + port);
        }
    }

    /**
     * Reads {@code socket://host:port}; without a port 9100, the raw printing port (IANA: pdl-datastream).
     *
     * @throws IllegalArgumentException when it is anything else, with a message for the user who wrote it
     */
    public static PrinterAddress parse(String uri) {
        // Java's URI rejects some of the characters that a zone may have.
        Matcher zoned = ZONED.matcher(uri);
        if (zoned.matches()) {
            PrinterAddress address = parse(zoned.group(1) + zoned.group(2) + zoned.group(4));
            return new PrinterAddress(address.host() + "%" + zoned.group(3), address.port());
        }
        URI parsed;
        try {
            parsed = new URI(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + uri + "' is not a URI; write socket://host:port", e);
        }
        if (!"socket".equalsIgnoreCase(parsed.getScheme())) {
            throw new IllegalArgumentException("'" + uri + "' has an unknown scheme; write socket://host:port");
        }
        String host = parsed.getHost();
        if (host == null || parsed.getUserInfo() != null || parsed.getQuery() != null || parsed.getFragment() != null) {
            throw new IllegalArgumentException("'" + uri + "' is not of the form socket://host:port");
        }
        if (parsed.getPath() != null && parsed.getPath().length() > 1) {
            throw new IllegalArgumentException("'" + uri + "' must not have a path; write socket://host:port");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new PrinterAddress(bare, parsed.getPort() == -1 ? RAW_PORT : parsed.getPort());
    }

    /**
     * Reads an address from a request. Unlike {@link #parse} it also checks that every resolver reads the host in the same
     * way, and that a link-local address has a zone that is one of this host's network interfaces (RFC 4007, section 11).
     * Stored addresses are read by {@link #parse} alone, as interfaces come and go.
     *
     * @throws IllegalArgumentException when it cannot be used, with a message for the user who wrote it
     */
    public static PrinterAddress accept(String uri) {
        PrinterAddress address = parse(uri);
        address.requireOneMeaning();
        address.requireKnownZone();
        return address;
    }

    /** Some resolvers read 010.0.0.1 as octal, others do not; some read 0x7f000001 as a number, others as a name. */
    private void requireOneMeaning() {
        if (NUMBERS.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "'" + host + "' is not an IPv4 address: write four numbers from 0 to 255 without leading zeros");
        }
    }

    private void requireKnownZone() {
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        boolean isLinkLocal = address.toLowerCase(Locale.ROOT).matches("fe[89ab][0-9a-f]:.*");
        if (isLinkLocal && percent < 0) {
            throw new IllegalArgumentException("'" + host
                    + "' is a link-local address, which needs the zone of this host's interface to it: write"
                    + " socket://[" + host + "%25eth0]:" + port + " with the interface's name");
        }
        if (percent >= 0 && !isInterface(host.substring(percent + 1))) {
            throw new IllegalArgumentException("This host has no network interface '" + host.substring(percent + 1)
                    + "', the zone of the address");
        }
    }

    private static boolean isInterface(String zone) {
        try {
            return NetworkInterface.getByName(zone) != null
                    || (zone.matches("[0-9]{1,9}") && NetworkInterface.getByIndex(Integer.parseInt(zone)) != null);
        } catch (SocketException e) {
            return false;
        }
    }

    /** The address as a URI, which {@link #parse} reads. */
    public String uri() {
        return "socket://" + (host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host) + ":" + port;
    }
}
