package io.platen.printer.connection;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes socket addresses as {@code 10.0.0.5:9100} and {@code [fd00::5]:9100}. */
final class SocketText {
    private SocketText() {}

    /** The address as text, or null while there is no connection. */
    static @Nullable String of(Optional<InetSocketAddress> address) {
        return address.map(SocketText::of).orElse(null);
    }

    static String of(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
