package io.platen.printer.transport;

import java.time.Duration;

/**
 * The socket options of a printer's connections. TCP_NODELAY is always set: print data is written in large
 * pieces, and a small last one must not wait for an ACK.
 *
 * @param connectTimeout how long to wait for an answer to the SYN
 * @param sendBufferBytes SO_SNDBUF; bounds how much can be "written" but unread (the kernel doubles
 *     it for its bookkeeping, socket(7))
 * @param keepAlive probes on idle connections
 * @param userTimeout TCP_USER_TIMEOUT (RFC 5482): how long sent data may stay unacknowledged before the
 *     kernel gives up; zero leaves it to the kernel's retries. Linux also counts the time of a zero
 *     window whose probes are answered, so it must be longer than a printer may be out of paper
 */
public record SocketSettings(Duration connectTimeout, int sendBufferBytes, KeepAlive keepAlive, Duration userTimeout) {

    /** The options in one line, for the transcript. */
    public String text() {
        return "TCP_NODELAY, SO_SNDBUF %,d, keepalive after %d s every %d s x %d, TCP_USER_TIMEOUT %s"
                .formatted(
                        sendBufferBytes,
                        keepAlive.idle().toSeconds(),
                        keepAlive.interval().toSeconds(),
                        keepAlive.count(),
                        userTimeout.isZero() ? "off" : userTimeout.toMillis() + " ms");
    }
}
