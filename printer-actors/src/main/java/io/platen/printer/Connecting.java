package io.platen.printer;

import akka.actor.typed.javadsl.ActorContext;
import io.platen.printer.LineEvent.ConnectFailed;
import io.platen.printer.LineEvent.Resolved;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.Race;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a printer's name to a connection: all of it within the printer's connect timeout. */
final class Connecting {
    private final ActorContext<Command> context;
    private final PrinterServices services;
    private final ConnectionSettings settings;
    private final int number;
    private long startedAtNanos;
    private @Nullable Race race;

    /**
     * Begins nothing yet.
     *
     * @param number the line's
     */
    Connecting(ActorContext<Command> context, PrinterServices services, ConnectionSettings settings, int number) {
        this.context = context;
        this.services = services;
        this.settings = settings;
        this.number = number;
    }

    /** Looks the printer's addresses up; comes back as {@link Resolved} or {@link ConnectFailed}. */
    void resolve() {
        startedAtNanos = System.nanoTime();
        context.pipeToSelf(
                services.names()
                        .addresses(settings.address().host(), settings.socket().connectTimeout()),
                (found, failure) -> found != null
                        ? new Resolved(number, found)
                        : new ConnectFailed(number, failure == null ? new UnknownHostException() : failure));
    }

    /** Connects to the first address that answers; comes back as {@link LineEvent}s of its line. */
    void connect(PrinterNames.Found found) {
        var self = context.getSelf();
        var addresses = found.addresses().stream()
                .map(address ->
                        new InetSocketAddress(address, settings.address().port()))
                .toList();
        Duration spent = Duration.ofNanos(System.nanoTime() - startedAtNanos);
        Duration left = settings.socket().connectTimeout().minus(spent);
        race = Race.start(
                services.transport(),
                addresses,
                settings.socket(),
                left.compareTo(LEAST) > 0 ? left : LEAST,
                LineEvent.connecting(number, self::tell),
                LineEvent.listener(number, self::tell));
    }

    /** A name that was found at the last moment is still tried. */
    private static final Duration LEAST = Duration.ofMillis(100);

    /** Ends it; no socket stays open. */
    void cancel() {
        if (race != null) {
            race.cancel();
        }
    }

    /** {@code 10.0.0.5:9100}, or null while there is no connection. */
    static @Nullable String text(Optional<InetSocketAddress> address) {
        return address.map(a -> {
                    String host = a.getAddress().getHostAddress();
                    return (host.contains(":") ? "[" + host + "]" : host) + ":" + a.getPort();
                })
                .orElse(null);
    }
}
