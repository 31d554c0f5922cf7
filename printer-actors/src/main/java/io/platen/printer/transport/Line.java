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
 * <p>All methods may be called from any thread; what they complete is completed on the line's event
 * loop.
 */
public final class Line {
    private final SocketChannel channel;
    private final LineHandler handler;
    private final SocketOptions options;
    private final Executor lookup;
    private final AtomicLong written = new AtomicLong();

    /**
     * A line over this channel.
     *
     * @param lookup where the kernel is asked when the channel's descriptor cannot be had, which takes long
     */
    Line(SocketChannel channel, LineHandler handler, SocketOptions options, Executor lookup) {
        this.channel = channel;
        this.handler = handler;
        this.options = options;
        this.lookup = lookup;
    }

    /** Our end, or empty before the connection stands. */
    public Optional<InetSocketAddress> local() {
        return Optional.ofNullable(channel.localAddress());
    }

    /** The printer's end, or empty before the connection stands. */
    public Optional<InetSocketAddress> remote() {
        return Optional.ofNullable(channel.remoteAddress());
    }

    /** Bytes that the kernel has taken since the connection stands. */
    public long written() {
        return written.get();
    }

    /**
     * Writes a stream with the printer's demand. Completes when the kernel has taken every byte;
     * fails with {@link LineBrokenException} when the socket does, and with {@link
     * DocumentBrokenException} when the stream does. The line stays open either way.
     */
    public Sink<ByteString, CompletionStage<Done>> sink() {
        return Sink.fromGraph(new LineSink(channel, handler, written::addAndGet));
    }

    /**
     * Reads the next piece of what the printer says, after a pause. Each piece is read only when this is called, so a
     * printer that talks without end fills nothing here.
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

    /** Whether it was not closed from this side yet. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** What the kernel says now; empty where it cannot be asked. */
    public CompletionStage<Optional<TcpInfo>> tcpInfo() {
        return asked();
    }

    /**
     * Has the kernel ask the printer whether it is still there, at once when the line was silent for a
     * second: an ACK or an RST comes back within a round trip. Until {@link #idles} it goes on asking
     * every second of silence.
     */
    public void askPeer() {
        onLoop(() -> options.watchClosely(channel));
    }

    /** Nothing is under way for a while: silence is usual again. */
    public void idles() {
        onLoop(() -> options.watchIdle(channel));
    }

    /**
     * Asks the kernel one last time, then closes. What is still unsent goes out after all, but neither that
     * nor a printer that never closes its end keeps the socket in the kernel for long.
     */
    public CompletionStage<Optional<TcpInfo>> close() {
        return asked().thenApplyAsync(
                        last -> {
                            options.boundOrphan(channel);
                            var unused = channel.close();
                            return last;
                        },
                        this::onLoop);
    }

    /** Asks the kernel one last time, then resets: what is still unsent is thrown away. */
    public CompletionStage<Optional<TcpInfo>> abort() {
        return asked().thenApplyAsync(
                        last -> {
                            if (channel.isOpen()) {
                                channel.config().setSoLinger(0);
                            }
                            var unused = channel.close();
                            return last;
                        },
                        this::onLoop);
    }

    /** When the transport goes down, its loop takes nothing any more, and has closed the channel itself. */
    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private CompletionStage<Optional<TcpInfo>> asked() {
        if (channel instanceof EpollSocketChannel epoll && TcpInfoSocket.isAvailable()) {
            return CompletableFuture.supplyAsync(() -> ask(epoll), this::onLoop);
        }
        return TcpInfoTable.isAvailable()
                ? CompletableFuture.supplyAsync(this::lookUp, lookup)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private static Optional<TcpInfo> ask(EpollSocketChannel epoll) {
        try {
            return epoll.isOpen() ? Optional.of(TcpInfoSocket.of(epoll.fd().intValue())) : Optional.empty();
        } catch (LastErrorException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** What was written is read first: too few acknowledged bytes are an error on the safe side. */
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
            super("The line broke while writing", cause);
        }
    }

    /** The document failed; the line is sound. */
    public static final class DocumentBrokenException extends Exception {
        DocumentBrokenException(Throwable cause) {
            super("The document could not be read", cause);
        }
    }
}
