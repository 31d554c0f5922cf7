package io.platen.printer.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The socket errors that tell causes apart, with their Windows Sockets numbers (0 where Windows has
 * none).
 *
 * <p>Java's exceptions carry the number only as the C library's English text, on NIO and on Netty's
 * epoll alike.
 */
public enum Errno {
    ECONNREFUSED(10061, "connection refused"),
    EHOSTUNREACH(10065, "no route to host|host is unreachable|host unreachable"),
    ENETUNREACH(10051, "network is unreachable|network unreachable"),
    ENETDOWN(10050, "network is down"),
    ETIMEDOUT(10060, "connection timed out|operation timed out|connect timed out"),
    EADDRNOTAVAIL(10049, "cannot assign requested address|can't assign requested address|address not available"),
    ECONNRESET(10054, "connection reset|forcibly closed"),
    ECONNABORTED(10053, "connection abort|aborted by the software"),
    EPIPE(10054, "broken pipe"),
    EMFILE(10024, "too many open files"),
    EACCES(10013, "permission denied");

    private final int wsa;
    /** The texts of the C libraries for this error, separated by bars. */
    private final String texts;

    Errno(int wsa, String texts) {
        this.wsa = wsa;
        this.texts = texts;
    }

    /** The Windows Sockets error that means the same. */
    public int wsa() {
        return wsa;
    }

    /** Whether only an RST causes this error, be it from the peer or from a box that forges it. */
    public boolean isReset() {
        return switch (this) {
            case ECONNRESET, EPIPE, ECONNABORTED -> true;
            default -> false;
        };
    }

    /** Whether the error means that no answer came, not that the peer has ended the connection. */
    public boolean isLossOfPath() {
        return switch (this) {
            case ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENETDOWN -> true;
            default -> false;
        };
    }

    /** The C name. */
    @JsonValue
    public String keyword() {
        return name();
    }

    /** The error of a Linux errno number (errno(3)), or null for another. */
    public static @Nullable Errno ofLinux(int number) {
        return switch (number) {
            case 13 -> EACCES;
            case 24 -> EMFILE;
            case 32 -> EPIPE;
            case 99 -> EADDRNOTAVAIL;
            case 100 -> ENETDOWN;
            case 101 -> ENETUNREACH;
            case 103 -> ECONNABORTED;
            case 104 -> ECONNRESET;
            case 110 -> ETIMEDOUT;
            case 111 -> ECONNREFUSED;
            case 113 -> EHOSTUNREACH;
            default -> null;
        };
    }

    /** The error as an exception that {@link #of} recognises. */
    public IOException exception() {
        return new IOException(texts.split("\\|", -1)[0]);
    }

    /** The error behind an exception, or null when nothing in its chain names one. */
    public static @Nullable Errno of(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Errno named = named(t);
            if (named != null) {
                return named;
            }
        }
        return null;
    }

    private static @Nullable Errno named(Throwable t) {
        String message = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
        for (Errno errno : values()) {
            for (String text : errno.texts.split("\\|", -1)) {
                if (message.contains(text)) {
                    return errno;
                }
            }
        }
        if (t instanceof NoRouteToHostException) {
            return EHOSTUNREACH;
        }
        if (t instanceof PortUnreachableException) {
            return ECONNREFUSED;
        }
        return t instanceof ConnectException && !(t.getCause() instanceof UnknownHostException) && message.isEmpty()
                ? ECONNREFUSED
                : null;
    }
}
