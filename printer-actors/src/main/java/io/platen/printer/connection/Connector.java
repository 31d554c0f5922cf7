package io.platen.printer.connection;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.PrinterServices;
import io.platen.printer.connection.ConnectionEvent.ConnectFailed;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Resolved;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.PrinterConnection.Command;
import io.platen.printer.transport.Line;
import io.platen.printer.transport.PrinterNames;
import io.platen.printer.transport.Race;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Resolves a printer's name and connects to it, both within the printer's connect timeout. */
final class Connector {
    /** The least time for connecting, so that an address that was found at the last moment is still tried. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final PrinterServices services;
    private final ConnectionSettings settings;
    private final int number;
    private long startedAtNanos;
    private @Nullable Race race;

    /** {@code number} is the number of the connection that this will make. */
    Connector(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            PrinterServices services,
            ConnectionSettings settings,
            int number) {
        this.context = context;
        this.timers = timers;
        this.services = services;
        this.settings = settings;
        this.number = number;
    }

    int number() {
        return number;
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

    /** Waits until a connection may be made; comes back as {@link Due} with {@link Timer#PORT}. */
    void waitFor(Duration pause) {
        timers.startSingleTimer(Timer.PORT, new Due(number, Timer.PORT), pause);
    }

    /** Connects to the first address that answers; comes back as {@link ConnectionEvent}s with this number. */
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
                ConnectionEvent.connecting(number, self::tell),
                ConnectionEvent.listener(number, self::tell));
    }

    /** Wraps the connection that was made. */
    OpenLine open(Line line) {
        return new AkkaOpenLine(number, line, context, timers, settings.frameReader());
    }

    /** Stops connecting, and leaves no socket open. */
    void cancel() {
        if (race != null) {
            race.cancel();
        }
    }
}
