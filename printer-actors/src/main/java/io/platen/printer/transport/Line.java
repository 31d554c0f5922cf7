package io.platen.printer.transport;

import akka.Done;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import com.sun.jna.LastErrorException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One connection to a printer, from SYN to close. Its owner closes it; nothing else does.
 *
 * <p>All methods may be called from any thread; what they complete is completed on the line's event
 * loop.
 */
public final class Line {
    private final SocketChannel channel;
    private final LineHandler handler;
    private final AtomicLong written = new AtomicLong();

    Line(SocketChannel channel, LineHandler handler) {
        this.channel = channel;
        this.handler = handler;
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

    /** Sends our FIN. Reading goes on. */
    public void finishSending() {
        var unused = channel.shutdownOutput();
    }

    /** What the kernel says now; empty where it cannot be asked. */
    public CompletionStage<Optional<TcpInfo>> tcpInfo() {
        return onLoop(this::ask);
    }

    /** Asks the kernel one last time, then closes. What is still unsent goes out after all. */
    public CompletionStage<Optional<TcpInfo>> close() {
        return onLoop(() -> {
            var last = ask();
            var unused = channel.close();
            return last;
        });
    }

    /** Asks the kernel one last time, then resets: what is still unsent is thrown away. */
    public CompletionStage<Optional<TcpInfo>> abort() {
        return onLoop(() -> {
            var last = ask();
            if (channel.isOpen()) {
                channel.config().setSoLinger(0);
            }
            var unused = channel.close();
            return last;
        });
    }

    private Optional<TcpInfo> ask() {
        if (channel instanceof EpollSocketChannel epoll && epoll.isOpen() && TcpInfo.isAvailable()) {
            try {
                return Optional.of(TcpInfo.of(epoll.fd().intValue()));
            } catch (LastErrorException | IllegalStateException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private CompletionStage<Optional<TcpInfo>> onLoop(Supplier<Optional<TcpInfo>> question) {
        return CompletableFuture.supplyAsync(question, channel.eventLoop());
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
