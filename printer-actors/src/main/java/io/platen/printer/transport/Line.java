package io.platen.printer.transport;

import akka.Done;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import com.sun.jna.LastErrorException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection to a printer, from SYN to close. Its owner closes it; nothing else does.
 *
 * <p>All methods may be called from any thread. The stages that they return complete on the connection's event loop.
 */
public final class Line {
    private final SocketChannel channel;
    private final LineHandler handler;
    private final SocketOptions options;
    private final Executor lookup;
    private final AtomicLong written = new AtomicLong();

    /**
     * @param lookup runs the search in {@code /proc} that is needed when the channel has no descriptor, and takes long
     */
    Line(SocketChannel channel, LineHandler handler, SocketOptions options, Executor lookup) {
        this.channel = channel;
        this.handler = handler;
        this.options = options;
        this.lookup = lookup;
    }

    /** The socket address of our end; empty before the connection stands. */
    public Optional<InetSocketAddress> local() {
        return Optional.ofNullable(channel.localAddress());
    }

    /** The socket address of the printer's end; empty before the connection stands. */
    public Optional<InetSocketAddress> remote() {
        return Optional.ofNullable(channel.remoteAddress());
    }

    /** How many bytes the kernel has taken on this connection. */
    public long written() {
        return written.get();
    }

    /**
     * Writes a stream as fast as the printer reads it. Completes when the kernel has taken every byte. Fails with {@link
     * LineBrokenException} when the socket fails, and with {@link DocumentBrokenException} when the stream fails. The
     * connection stays open in each case.
     */
    public Sink<ByteString, CompletionStage<Done>> sink() {
        return Sink.fromGraph(new LineSink(channel, handler, written::addAndGet));
    }

    /**
     * Reads the next bytes from the printer, after a pause. Bytes are read only when this is called, so a printer that never
     * stops sending fills no memory here.
     */
    public void readOn(Duration pause) {
        if (pause.isZero()) {
            onLoop(channel::read);
        } else if (!channel.eventLoop().isShuttingDown()) {
            var unused = channel.eventLoop().schedule(channel::read, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Sends our FIN. Reading goes on. */
    public void finishSending() {
        var unused = channel.shutdownOutput();
    }

    /** Whether our side has not closed the connection yet. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** What the kernel says of the connection now; empty where it cannot be asked. */
    public CompletionStage<Optional<TcpInfo>> tcpInfo() {
        if (channel instanceof EpollSocketChannel epoll && TcpInfoSocket.isAvailable()) {
            return CompletableFuture.supplyAsync(() -> ask(epoll), this::onLoop);
        }
        return TcpInfoTable.isAvailable()
                ? CompletableFuture.supplyAsync(this::lookUp, lookup)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * Lets the kernel ask the printer whether it is still there after each second of silence, until {@link #idles} is called.
     * When there was a second of silence already, it asks at once. An ACK or an RST comes back within a round trip.
     */
    public void askPeer() {
        onLoop(() -> options.watchClosely(channel));
    }

    /** No document is under way: the kernel asks for signs of life as seldom as the socket's settings say. */
    public void idles() {
        onLoop(() -> options.watchIdle(channel));
    }

    /**
     * Asks the kernel one last time, then closes. The kernel still sends unsent bytes, but keeps the socket only for a short
     * time, even if the printer does not acknowledge them or never closes its end.
     */
    public CompletionStage<Optional<TcpInfo>> close() {
        return end(() -> options.boundOrphan(channel));
    }

    /** Asks the kernel one last time, then resets the connection. Unsent bytes are thrown away. */
    public CompletionStage<Optional<TcpInfo>> abort() {
        return end(() -> {
            if (channel.isOpen()) {
                channel.config().setSoLinger(0);
            }
        });
    }

    private CompletionStage<Optional<TcpInfo>> end(Runnable lastOptions) {
        return tcpInfo()
                .thenApplyAsync(
                        last -> {
                            lastOptions.run();
                            var unused = channel.close();
                            return last;
                        },
                        this::onLoop);
    }

    /** When the transport goes down, its loop takes no more tasks and has closed the channel itself. */
    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private static Optional<TcpInfo> ask(EpollSocketChannel epoll) {
        try {
            return epoll.isOpen() ? Optional.of(TcpInfoSocket.of(epoll.fd().intValue())) : Optional.empty();
        } catch (LastErrorException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Reads the count of written bytes first, so that the acknowledged bytes are never overestimated. */
    private Optional<TcpInfo> lookUp() {
        long before = written();
        var ours = local();
        var theirs = remote();
        return ours.isEmpty() || theirs.isEmpty()
                ? Optional.empty()
                : TcpInfoTable.of(ours.get(), theirs.get(), before);
    }

    /** The socket failed; the cause has the errno. */
    public static final class LineBrokenException extends Exception {
        LineBrokenException(Throwable cause) {
            super("The connection broke while writing", cause);
        }
    }

    /** The document failed; the connection is sound. */
    public static final class DocumentBrokenException extends Exception {
        DocumentBrokenException(Throwable cause) {
            super("The document could not be read", cause);
        }
    }
}
