package io.platen.spooler.queue;

import io.platen.printer.Backoff;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.PrinterAddress;
import io.platen.printer.language.ReplyPattern;
import io.platen.printer.language.ReplyPatterns;
import io.platen.printer.transport.KeepAlive;
import io.platen.printer.transport.SocketSettings;
import io.platen.spooler.job.DeliveryPromise;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.PrinterProfile.Socket;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a connection's settings from a printer's profile, and from the configuration where the profile says nothing. */
final class ConnectionOf {
    private static final Logger log = LoggerFactory.getLogger(ConnectionOf.class);

    private ConnectionOf() {}

    static ConnectionSettings profile(PrinterProfile profile, ConnectionDefaults usual) {
        Duration patience = profile.timeouts().patience();
        return new ConnectionSettings(
                PrinterAddress.parse(profile.uri()),
                profile.language(),
                profile.confirm(),
                profile.connection(),
                new ReplyPatterns(
                        pattern("rejectPattern", profile.rejectPattern()),
                        pattern("ignorePattern", profile.ignorePattern())),
                profile.timeouts().stall(),
                patience == null ? Duration.ZERO : patience,
                profile.timeouts().close(),
                usual.settleTimeout(),
                Objects.requireNonNullElse(profile.timeouts().confirm(), PrinterProfile.Timeouts.CONFIRM),
                usual.idleTimeout(),
                usual.holdTime(),
                Objects.requireNonNullElse(profile.timeouts().pause(), Duration.ZERO),
                new Backoff(profile.backoff().min(), profile.backoff().max()),
                profile.delivery() == DeliveryPromise.AT_LEAST_ONCE,
                socket(profile, usual));
    }

    /** The API refuses an invalid pattern, but an earlier version may have stored one. */
    private static @Nullable ReplyPattern pattern(String field, @Nullable String regex) {
        try {
            return regex == null ? null : ReplyPattern.of(regex);
        } catch (IllegalArgumentException e) {
            log.warn("The printer's {} is invalid and is not used: {}", field, e.getMessage());
            return null;
        }
    }

    private static SocketSettings socket(PrinterProfile profile, ConnectionDefaults usual) {
        var own = Objects.requireNonNullElse(profile.socket(), new Socket(null, null, null, null, null));
        return new SocketSettings(
                profile.timeouts().connect(),
                Objects.requireNonNullElse(own.sendBufferBytes(), usual.sendBufferBytes()),
                new KeepAlive(
                        Objects.requireNonNullElse(
                                own.keepAliveIdle(), usual.keepAlive().idle()),
                        Objects.requireNonNullElse(
                                own.keepAliveInterval(), usual.keepAlive().interval()),
                        Objects.requireNonNullElse(
                                own.keepAliveCount(), usual.keepAlive().count())),
                Objects.requireNonNullElse(own.userTimeout(), usual.userTimeout()));
    }
}
