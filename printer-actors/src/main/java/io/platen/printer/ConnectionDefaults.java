package io.platen.printer;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.platen.printer.transport.KeepAlive;
import java.time.Duration;

/**
 * The settings of all printers' connections, unless a printer has its own; reference.conf explains each.
 *
 * @param threads event-loop threads for all printers' sockets; 0 is one per core
 * @param userTimeout TCP_USER_TIMEOUT; zero leaves the timeout to the kernel
 * @param namesKeptFor how long the addresses of a name are good
 * @param idleTimeout how long a kept-open connection may be idle
 * @param holdTime how long a connection must hold after a loss before anything is sent over it
 * @param settleTimeout how long after a job on a kept-open connection a reset is still about that job
 */
public record ConnectionDefaults(
        int threads,
        int sendBufferBytes,
        KeepAlive keepAlive,
        Duration userTimeout,
        Duration namesKeptFor,
        Duration idleTimeout,
        Duration holdTime,
        Duration settleTimeout) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Reads {@code platen.printer}. */
    public static ConnectionDefaults of(Config all) {
        Config config = all.getConfig("platen.printer");
        return new ConnectionDefaults(
                (int) number("threads", config.getLong("threads"), 0, 1024),
                (int) number("socket.send-buffer", config.getBytes("socket.send-buffer"), 4096, 64L * 1024 * 1024),
                new KeepAlive(
                        duration(config, "socket.keep-alive.idle", SECOND, HOUR),
                        duration(config, "socket.keep-alive.interval", SECOND, HOUR),
                        (int) number("socket.keep-alive.count", config.getLong("socket.keep-alive.count"), 1, 127)),
                duration(config, "socket.user-timeout", Duration.ZERO, DAY),
                duration(config, "names.keep-for", Duration.ZERO, DAY),
                duration(config, "idle-timeout", Duration.ofMillis(1), DAY),
                duration(config, "hold-time", Duration.ZERO, Duration.ofMinutes(1)),
                duration(config, "settle-timeout", Duration.ZERO, Duration.ofMinutes(1)));
    }

    private static long number(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    "platen.printer." + key, "must be %,d to %,d, not %,d".formatted(least, most, value));
        }
        return value;
    }

    private static Duration duration(Config config, String key, Duration least, Duration most) {
        Duration value = config.getDuration(key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ConfigException.BadValue(
                    "platen.printer." + key, "must be %s to %s, not %s".formatted(least, most, value));
        }
        return value;
    }
}
