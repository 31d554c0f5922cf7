package io.platen.printer.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to printers. There is one for the whole process: its few event-loop threads serve all sockets.
 *
 * <p>It uses epoll on Linux, NIO elsewhere. On both, neither a failed write nor the peer's FIN closes the socket, so that
 * the printer's last words can still be read.
 */
public final class PrinterTransport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrinterTransport.class);
    private static final WriteBufferWaterMark WRITE_BUFFER = new WriteBufferWaterMark(64 * 1024, 512 * 1024);

    private final EventLoopGroup loops;
    private final Class<? extends SocketChannel> channelClass;
    private final ExecutorService lookup =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("platen-line-lookup", true));

    private PrinterTransport(EventLoopGroup loops, Class<? extends SocketChannel> channelClass) {
        this.loops = loops;
        this.channelClass = channelClass;
    }

    /** Uses epoll where it is available, else NIO. */
    public static PrinterTransport create(int threads) {
        var names = new DefaultThreadFactory("platen-line", true);
        if (Epoll.isAvailable()) {
            return new PrinterTransport(new EpollEventLoopGroup(threads, names), EpollSocketChannel.class);
        }
        log.info("Epoll is not available; using NIO. {}", sourceOfAcknowledgements());
        return createNio(threads);
    }

    private static String sourceOfAcknowledgements() {
        return TcpInfoTable.isAvailable()
                ? "How many bytes a printer has acknowledged is read from /proc/net/tcp"
                : "How many bytes a printer has acknowledged is unknown on this system";
    }

    /** NIO, as on machines without epoll. */
    public static PrinterTransport createNio(int threads) {
        var names = new DefaultThreadFactory("platen-line", true);
        return new PrinterTransport(new NioEventLoopGroup(threads, names), NioSocketChannel.class);
    }

    /**
     * Starts to connect. The listener hears the outcome, and the connection can be closed at once. Null when not even a socket
     * could be made; the listener hears that as a failure, too.
     */
    public @Nullable Line connect(InetSocketAddress remote, SocketSettings settings, LineListener listener) {
        var handler = new LineHandler(listener);
        var options = new SocketOptions(settings);
        var bootstrap = new Bootstrap()
                .group(loops)
                .channel(channelClass)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .handler(handler);
        options.set(bootstrap, channelClass);
        var connecting = bootstrap.connect(remote);
        Channel channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                listener.connectFailed(explained(done.cause(), remote));
                var unused = channel.close();
            }
        });
        return channel instanceof SocketChannel socket ? new Line(socket, handler, options, lookup) : null;
    }

    /** Runs something on an event loop after a pause. Null when this transport goes down; it may then not run. */
    @Nullable
    Future<?> later(Duration pause, Runnable work) {
        return loops.isShuttingDown() ? null : loops.next().schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Netty's epoll throws the same exception, without a text, for EHOSTUNREACH and ENETUNREACH. To tell them apart, this
     * connects a datagram socket, which sends nothing and fails when this host has no route.
     */
    private static Throwable explained(Throwable cause, InetSocketAddress remote) {
        if (!(cause instanceof NoRouteToHostException)) {
            return cause;
        }
        try (var routed = DatagramChannel.open()) {
            routed.connect(remote);
            return new NoRouteToHostException("No route to host: " + remote);
        } catch (IOException noRoute) {
            return noRoute;
        }
    }

    /** Closes every connection. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        lookup.shutdown();
    }
}
