package io.platen.printer.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any number of label printers on one port and one thread: every connection is a printer. They read everything and keep
 * nothing. For tests of scale; a {@link SimulatedPrinter} behaves like a real printer.
 */
public final class PrinterRack implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrinterRack.class);
    private static final int BACKLOG = 4096;

    private final boolean closesItsEnd;
    private final Selector selector;
    private final Thread thread;
    private final int port;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final Queue<Long> acceptedAtNanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable ServerSocketChannel door;

    private PrinterRack(boolean closesItsEnd) throws IOException {
        this.closesItsEnd = closesItsEnd;
        this.selector = Selector.open();
        this.port = listen(0);
        this.thread = new Thread(this::serve, "printer-rack-" + port);
        thread.setDaemon(true);
    }

    /**
     * Starts a rack on a free port of the loopback address.
     *
     * @param closesItsEnd whether a printer closes when its sender has closed; otherwise it never does
     */
    public static PrinterRack start(boolean closesItsEnd) {
        try {
            var rack = new PrinterRack(closesItsEnd);
            rack.thread.start();
            return rack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URI of all these printers, for Platen. */
    public String uri() {
        return "socket://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** How many connections are open now. */
    public int open() {
        return open.size();
    }

    /** When each connection was accepted, by {@link System#nanoTime}. */
    public List<Long> acceptedAtNanos() {
        return List.copyOf(acceptedAtNanos);
    }

    /** How many bytes were read so far, on all connections. */
    public long bytes() {
        return bytes.get();
    }

    /** Power off: accepts no more connections, and resets every open one. */
    public void goAway() {
        closeQuietly(door);
        door = null;
        // The selector releases a closed channel only at its next select.
        selector.wakeup();
        for (SocketChannel connection : open) {
            try {
                connection.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                log.debug("The connection had ended already: {}", e.getMessage());
            }
            end(connection);
        }
    }

    /** Power on: listens on the same port again. */
    public void comeBack() {
        try {
            listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeQuietly(door);
        open.forEach(this::end);
        closeQuietly(selector);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int listen(int on) throws IOException {
        var listening = ServerSocketChannel.open();
        listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), BACKLOG);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
        door = listening;
        selector.wakeup();
        return listening.socket().getLocalPort();
    }

    private void serve() {
        var buffer = ByteBuffer.allocateDirect(256 * 1024);
        while (selector.isOpen()) {
            try {
                selector.select(key -> serve(key, buffer));
            } catch (IOException e) {
                log.debug("Printer rack on port {}: {}", port, e.getMessage());
            }
        }
    }

    private void serve(SelectionKey key, ByteBuffer buffer) {
        if (key.channel() instanceof ServerSocketChannel listening) {
            accept(listening);
        } else if (key.channel() instanceof SocketChannel connection) {
            read(key, connection, buffer);
        }
    }

    private void accept(ServerSocketChannel listening) {
        try {
            SocketChannel connection = listening.accept();
            if (connection != null) {
                connection.configureBlocking(false);
                open.add(connection);
                acceptedAtNanos.add(System.nanoTime());
                connection.register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            log.debug("Printer rack on port {}: {}", port, e.getMessage());
        }
    }

    private void read(SelectionKey key, SocketChannel connection, ByteBuffer buffer) {
        try {
            buffer.clear();
            int read = connection.read(buffer);
            if (read > 0) {
                bytes.addAndGet(read);
            } else if (read < 0 && closesItsEnd) {
                end(connection);
            } else if (read < 0) {
                key.cancel();
            }
        } catch (IOException e) {
            end(connection);
        }
    }

    private void end(SocketChannel connection) {
        open.remove(connection);
        closeQuietly(connection);
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("While closing: {}", e.getMessage());
        }
    }
}
