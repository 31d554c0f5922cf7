package io.platen.printer.transport;

import akka.Done;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
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
import java.util.function.Consumer;

/**
 * One connection to a printer, from SYN to close. Its owner closes it; nothing else does.
 *
 * <p>All methods may be called from any thread. The stages that they return complete on the connection's event loop.
 */
public final class Line {
    /** How long {@link #tcpInfoOnceAcknowledged} waits for an ACK, about. */
    private static final Duration ACK_PATIENCE = Duration.ofMillis(5);

    private static final Duration FIRST_PAUSE = Duration.ofNanos(50_000);

    /**
     * What the kernel said right after an event, on the event loop, so that nobody has to go back there to ask.
     *
     * @param atNanos when, by {@link System#nanoTime}
     */
    public record Look(TcpInfo info, long atNanos) {}

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
        handler.forgetLook();
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
        handler.forgetLook();
        var unused = channel.shutdownOutput();
    }

    /** Whether our side has not closed the connection yet. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Writes bytes that are in memory, all at once. Completes and fails like the stage of {@link #sink}.
     */
    public CompletionStage<Done> write(ByteString bytes) {
        var done = new CompletableFuture<Done>();
        handler.forgetLook();
        onLoop(() -> {
            var writing = new LineWrite(channel, handler, written::addAndGet);
            writing.write(bytes, failure -> {
                if (failure == null) {
                    handler.look(channel);
                    done.complete(Done.getInstance());
                } else {
                    done.completeExceptionally(new LineBrokenException(failure));
                }
            });
        });
        return done;
    }

    /** What the kernel says of the connection now; empty where it cannot be asked. */
    public CompletionStage<Optional<TcpInfo>> tcpInfo() {
        if (TcpInfoSocket.knows(channel)) {
            return CompletableFuture.supplyAsync(() -> TcpInfoSocket.ask(channel), this::onLoop);
        }
        return TcpInfoTable.isAvailable()
                ? CompletableFuture.supplyAsync(this::lookUp, lookup)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * What the kernel said when the last event happened, without asking again. It is returned once, and only if nothing has
     * happened on the connection since. It never has a pending error.
     */
    public Optional<Look> lastLook() {
        return Optional.ofNullable(handler.takeLook());
    }

    /**
     * Like {@link #tcpInfo}, but completes only when the printer owes no ACK, or after {@link #ACK_PATIENCE}. A printer's TCP
     * acknowledges within a fraction of a millisecond, and the next document waits for that.
     */
    public CompletionStage<Optional<TcpInfo>> tcpInfoOnceAcknowledged() {
        handler.forgetLook();
        if (!TcpInfoSocket.knows(channel)) {
            return tcpInfo();
        }
        var answer = new CompletableFuture<Optional<TcpInfo>>();
        onLoop(() -> askUntilAcknowledged(answer, FIRST_PAUSE));
        return answer;
    }

    private void askUntilAcknowledged(CompletableFuture<Optional<TcpInfo>> answer, Duration pause) {
        Optional<TcpInfo> info = TcpInfoSocket.ask(channel);
        boolean mayCome = info.isPresent() && info.get().isOwed() && info.get().error() == 0;
        if (!mayCome
                || pause.compareTo(ACK_PATIENCE) >= 0
                || channel.eventLoop().isShuttingDown()) {
            answer.complete(info);
            return;
        }
        var unused = channel.eventLoop()
                .schedule(
                        () -> askUntilAcknowledged(answer, pause.multipliedBy(2)),
                        pause.toNanos(),
                        TimeUnit.NANOSECONDS);
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
        return end(last -> {
            if (last.filter(TcpInfo::isOver).isEmpty()) {
                options.boundOrphan(channel);
            }
        });
    }

    /** Asks the kernel one last time, then resets the connection. Unsent bytes are thrown away. */
    public CompletionStage<Optional<TcpInfo>> abort() {
        return end(last -> {
            if (channel.isOpen()) {
                channel.config().setSoLinger(0);
            }
        });
    }

    private CompletionStage<Optional<TcpInfo>> end(Consumer<Optional<TcpInfo>> lastOptions) {
        if (TcpInfoSocket.knows(channel)) {
            return CompletableFuture.supplyAsync(() -> end(TcpInfoSocket.ask(channel), lastOptions), this::onLoop);
        }
        return tcpInfo().thenApplyAsync(last -> end(last, lastOptions), this::onLoop);
    }

    private Optional<TcpInfo> end(Optional<TcpInfo> last, Consumer<Optional<TcpInfo>> lastOptions) {
        lastOptions.accept(last);
        var unused = channel.close();
        return last;
    }

    /** When the transport goes down, its loop takes no more tasks and has closed the channel itself. */
    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
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
