package io.platen.printer;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.platen.printer.LineEvent.ConnectFailed;
import io.platen.printer.LineEvent.Resolved;
import io.platen.printer.PrinterConnection.Command;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** From a printer's name to a connection under way. */
final class Connecting {
    private Connecting() {}

    /** Resolves the name off the actor's thread; comes back as {@link Resolved} or {@link ConnectFailed}. */
    static void resolve(
            ActorContext<Command> context, PrinterServices services, ConnectionSettings settings, int number) {
        PrinterAddress printer = settings.address();
        var resolving = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new InetSocketAddress(InetAddress.getByName(printer.host()), printer.port());
                    } catch (UnknownHostException e) {
                        throw new CompletionException(e);
                    }
                },
                services.blocking());
        context.pipeToSelf(
                resolving,
                (address, failure) -> address != null
                        ? new Resolved(number, address)
                        : new ConnectFailed(number, failure == null ? new UnknownHostException() : failure));
    }

    static @Nullable OpenLine open(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            PrinterServices services,
            ConnectionSettings settings,
            Resolved resolved) {
        var self = context.getSelf();
        var line = services.transport()
                .connect(resolved.address(), settings.socket(), LineEvent.listener(resolved.line(), self::tell));
        return line == null ? null : new OpenLine(resolved.line(), line, context, timers, settings.frameReader());
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
