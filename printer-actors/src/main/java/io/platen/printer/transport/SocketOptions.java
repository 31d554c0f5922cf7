package io.platen.printer.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options of one connection's socket over its life. Options that a platform does not know are left out: outside Linux
 * there is no TCP_USER_TIMEOUT and no TCP_LINGER2.
 */
final class SocketOptions {
    private static final Logger log = LoggerFactory.getLogger(SocketOptions.class);

    /** How long Linux keeps the closed end of a socket whose peer has not closed (tcp(7)). */
    private static final IntegerUnixChannelOption TCP_LINGER2 = new IntegerUnixChannelOption("TCP_LINGER2", 6, 8);

    /** The smallest value of TCP_LINGER2, in seconds; the system's default is 60. */
    private static final int ORPHAN_SECONDS = 1;

    /** How long Linux keeps a closed socket whose last bytes are unacknowledged. The system's own retries take 108 s. */
    private static final Duration ORPHAN_USER_TIMEOUT = Duration.ofSeconds(5);

    private static final Set<SocketOption<?>> NIO_OPTIONS = nioOptions();

    private final SocketSettings settings;

    SocketOptions(SocketSettings settings) {
        this.settings = settings;
    }

    /** Sets the options before the connection is made. */
    void set(Bootstrap bootstrap, Class<? extends SocketChannel> channel) {
        bootstrap
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_SNDBUF, settings.sendBufferBytes());
        KeepAlive keepAlive = settings.keepAlive();
        if (EpollSocketChannel.class.isAssignableFrom(channel)) {
            bootstrap
                    .option(EpollChannelOption.TCP_KEEPIDLE, seconds(keepAlive.idle()))
                    .option(EpollChannelOption.TCP_KEEPINTVL, seconds(keepAlive.interval()))
                    .option(EpollChannelOption.TCP_KEEPCNT, keepAlive.count())
                    .option(
                            EpollChannelOption.TCP_USER_TIMEOUT,
                            Math.toIntExact(settings.userTimeout().toMillis()));
        } else if (nioKnows(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            bootstrap
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), seconds(keepAlive.idle()))
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), seconds(keepAlive.interval()))
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), keepAlive.count());
        }
    }

    /** An answer is awaited: the kernel probes after a second of silence. */
    void watchClosely(SocketChannel channel) {
        keepIdle(channel, 1);
    }

    /** No answer is awaited: the kernel probes after the time in the settings. */
    void watchIdle(SocketChannel channel) {
        keepIdle(channel, seconds(settings.keepAlive().idle()));
    }

    /** Limits how long the kernel keeps the socket after it is closed. Call right before the close. */
    void boundOrphan(SocketChannel channel) {
        if (channel instanceof EpollSocketChannel) {
            change(channel, TCP_LINGER2, ORPHAN_SECONDS);
            change(channel, EpollChannelOption.TCP_USER_TIMEOUT, Math.toIntExact(ORPHAN_USER_TIMEOUT.toMillis()));
        }
    }

    private static void keepIdle(SocketChannel channel, int seconds) {
        if (channel instanceof EpollSocketChannel) {
            change(channel, EpollChannelOption.TCP_KEEPIDLE, seconds);
        } else if (nioKnows(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            change(channel, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), seconds);
        }
    }

    private static <T> void change(Channel channel, ChannelOption<T> option, T value) {
        try {
            if (channel.isOpen()) {
                channel.config().setOption(option, value);
            }
        } catch (ChannelException e) {
            // The connection has just ended, which the listener hears in another way.
            log.debug("Socket option {} could not be set: {}", option, e.getMessage());
        }
    }

    private static boolean nioKnows(SocketOption<?> option) {
        return NIO_OPTIONS.contains(option);
    }

    private static Set<SocketOption<?>> nioOptions() {
        try (var probe = java.nio.channels.SocketChannel.open()) {
            return probe.supportedOptions();
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static int seconds(Duration duration) {
        return Math.max(1, Math.toIntExact(duration.toSeconds()));
    }
}
