package io.platen.bench.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The ends of many printers, in one thread: they accept every connection, read as fast as data comes, count it, and close
 * when the other end does.
 */
public final class PrinterEnds implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final PrintedJobs NOBODY = (job, nanos) -> {};

    private final Selector selector;
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong labels = new AtomicLong();
    private final AtomicLong lastByteNanos = new AtomicLong();
    private final Thread thread;
    private volatile PrintedJobs jobs = NOBODY;
    private volatile @Nullable Thread waiter;
    private volatile boolean closed;

    /** Listens on as many free ports of the loopback as there are printers. */
    public PrinterEnds(int printers) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < printers; i++) {
            var listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            listeners.add(listener);
        }
        thread = new Thread(this::run, "printer-ends");
        thread.setDaemon(true);
        thread.start();
    }

    /** The printers' ports, in their order. */
    public List<Integer> ports() {
        return listeners.stream()
                .map(listener -> listener.socket().getLocalPort())
                .toList();
    }

    public long connections() {
        return connections.get();
    }

    public long bytes() {
        return bytes.get();
    }

    public long labels() {
        return labels.get();
    }

    /** When the last byte so far was read, as {@link System#nanoTime()}. */
    public long lastByteNanos() {
        return lastByteNanos.get();
    }

    /** From now on these are told of each label. */
    public void tell(PrintedJobs listener) {
        jobs = listener;
    }

    /** Waits until so many labels have arrived in all; false if they have not in this time. One thread at a time. */
    public boolean awaitLabels(long wanted, Duration longest) {
        return await(labels, wanted, longest);
    }

    /** Waits until so many bytes have arrived in all; false if they have not in this time. One thread at a time. */
    public boolean awaitBytes(long wanted, Duration longest) {
        return await(bytes, wanted, longest);
    }

    private boolean await(AtomicLong counter, long wanted, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        waiter = Thread.currentThread();
        try {
            for (long left = longest.toNanos(); counter.get() < wanted && left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
            return counter.get() >= wanted;
        } finally {
            waiter = null;
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::serve);
                LockSupport.unpark(waiter);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel listener) {
                accept(listener);
            } else {
                read((SocketChannel) key.channel(), (LabelCounter) key.attachment());
            }
        } catch (IOException e) {
            // The other end has reset the connection; what it sent is counted.
            close(key);
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        for (var channel = listener.accept(); channel != null; channel = listener.accept()) {
            connections.incrementAndGet();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new LabelCounter());
        }
    }

    private void read(SocketChannel channel, LabelCounter counter) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            channel.close();
            return;
        }
        long now = System.nanoTime();
        buffer.flip();
        int ended = counter.read(buffer, jobs, now);
        lastByteNanos.set(now);
        bytes.addAndGet(count);
        labels.addAndGet(ended);
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
