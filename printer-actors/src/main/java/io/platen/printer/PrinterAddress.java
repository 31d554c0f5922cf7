package io.platen.printer;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a printer listens for raw print data.
 *
 * @param host name or address; IPv6 without brackets
 * @param port 1 to 65535
 */
public record PrinterAddress(String host, int port) {
    private static final int RAW_PORT = 9100;

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
     * @throws IllegalArgumentException when it is anything else, with a message for whoever wrote it
     */
    public static PrinterAddress parse(String uri) {
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

    /** The URI again. */
    public String uri() {
        return "socket://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
