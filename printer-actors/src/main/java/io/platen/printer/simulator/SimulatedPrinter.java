package io.platen.printer.simulator;

import io.platen.printer.simulator.Fault.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A label printer on a real socket. It serves one connection at a time, as label printers do; a
 * second sender waits in the listen queue.
 *
 * <p>Commands (pause, out of media, refuse, restart) may come from any thread, at any time.
 */
public final class SimulatedPrinter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SimulatedPrinter.class);
    private static final int BACKLOG = 16;

    private final SimulatorSettings settings;
    private final Consumer<Received> onReceived;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> neverClosed = new ArrayList<>();
    private final Object lock = new Object();
    private final Thread thread;
    private final int port;

    private @Nullable ServerSocket listener;

    /** Where a connection is waited for. */
    private @Nullable ServerSocket accepting;

    private @Nullable Socket current;
    private boolean closed;
    private boolean paused;
    private boolean outOfMedia;
    private int connections;
    private long bytes;
    private long labels;

    private SimulatedPrinter(SimulatorSettings settings, Consumer<Received> onReceived) throws IOException {
        this.settings = settings;
        this.onReceived = onReceived;
        ServerSocket first = listen(settings.port());
        this.listener = first;
        this.port = first.getLocalPort();
        this.thread = new Thread(this::serve, "simulated-printer-" + port);
        thread.setDaemon(true);
    }

    /** Starts one; it listens when this returns. */
    public static SimulatedPrinter start(SimulatorSettings settings) {
        return start(settings, received -> {});
    }

    /** Starts one that tells what each connection brought. */
    public static SimulatedPrinter start(SimulatorSettings settings, Consumer<Received> onReceived) {
        try {
            var printer = new SimulatedPrinter(settings, onReceived);
            printer.thread.start();
            return printer;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + settings.bind() + ":" + settings.port(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Its address for Platen. */
    public String uri() {
        return "socket://" + settings.bind() + ":" + port;
    }

    /** What each ended connection brought, oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Complete labels so far, of all connections. */
    public long labels() {
        synchronized (lock) {
            return labels;
        }
    }

    /** Bytes read so far, of all connections. */
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** Connections accepted so far. */
    public int connections() {
        synchronized (lock) {
            return connections;
        }
    }

    /** Stops reading, or goes on. */
    public void pause(boolean pause) {
        synchronized (lock) {
            paused = pause;
            lock.notifyAll();
        }
    }

    /** Runs out of labels, which stops reading, or gets new ones. */
    public void outOfMedia(boolean out) {
        synchronized (lock) {
            outOfMedia = out;
            lock.notifyAll();
        }
    }

    /** Refuses connections, or takes them again. The current one goes on. */
    public void refuse(boolean refuse) {
        synchronized (lock) {
            try {
                if (refuse && listener != null) {
                    ServerSocket door = listener;
                    listener = null;
                    door.close();
                    // An accept under way keeps the port in the kernel for a moment.
                    awaitWhile(() -> accepting == door);
                } else if (!refuse && listener == null && !closed) {
                    listener = listen(port);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot listen on port " + port + " again", e);
            }
            lock.notifyAll();
        }
    }

    /** Power off and on: the current connection is forgotten without a word, and with it its data. */
    public void restart() {
        refuse(true);
        synchronized (lock) {
            Socket forgotten = current;
            if (forgotten != null) {
                reset(forgotten);
                lock.notifyAll();
                // A read under way keeps the socket alive in the kernel for a moment: wait for its end.
                awaitWhile(() -> current == forgotten);
            }
        }
        refuse(false);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            closeQuietly(listener);
            closeQuietly(current);
            neverClosed.forEach(SimulatedPrinter::closeQuietly);
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServerSocket listen(int onPort) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        if (settings.receiveBufferBytes() > 0) {
            socket.setReceiveBufferSize(settings.receiveBufferBytes());
        }
        socket.bind(new InetSocketAddress(settings.bind(), onPort), BACKLOG);
        return socket;
    }

    private void serve() {
        while (true) {
            ServerSocket door;
            synchronized (lock) {
                awaitWhile(() -> listener == null);
                if (closed || listener == null) {
                    return;
                }
                door = listener;
                accepting = door;
            }
            try {
                converse(accept(door), door);
            } catch (IOException e) {
                log.debug("Simulated printer on port {}: {}", port, e.getMessage());
            }
        }
    }

    private Socket accept(ServerSocket door) throws IOException {
        try {
            return door.accept();
        } finally {
            synchronized (lock) {
                accepting = null;
                lock.notifyAll();
            }
        }
    }

    private void converse(Socket socket, ServerSocket door) throws IOException {
        boolean keepOpen = false;
        try {
            int connection;
            synchronized (lock) {
                if (closed || listener != door) {
                    // It came through the door while that was being closed.
                    reset(socket);
                    return;
                }
                connection = ++connections;
                current = socket;
            }
            var conversation = new Conversation(socket, connection);
            keepOpen = conversation.neverCloses();
            conversation.run();
        } finally {
            synchronized (lock) {
                current = null;
                if (keepOpen) {
                    neverClosed.add(socket);
                }
                lock.notifyAll();
            }
            if (!keepOpen) {
                closeQuietly(socket);
            }
        }
    }

    /** Call with the lock held. */
    private void awaitWhile(BooleanSupplier condition) {
        try {
            while (condition.getAsBoolean() && !closed) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void awaitPaper(Socket socket) {
        synchronized (lock) {
            awaitWhile(() -> (paused || outOfMedia) && !socket.isClosed());
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            log.debug("The connection had ended already: {}", e.getMessage());
        }
        closeQuietly(socket);
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

    /** One connection from accept to close. */
    private final class Conversation {
        private final Socket socket;
        private final int connection;
        private final Fault fault;
        private final LabelCounter counter = new LabelCounter();
        private final Tally tally = new Tally();
        private long size;

        Conversation(Socket socket, int connection) {
            this.socket = socket;
            this.connection = connection;
            this.fault = settings.fault().appliesTo(connection) ? settings.fault() : Fault.none();
        }

        /** Whether its socket stays open when the conversation is over. */
        boolean neverCloses() {
            return fault.kind() == Kind.NEVER_CLOSE || fault.kind() == Kind.NEVER_READ;
        }

        void run() throws IOException {
            boolean complete = false;
            try (OutputStream store = openStore()) {
                complete = read(store);
            } finally {
                var brought = new Received(connection, size, tally.sha256(), counter.labels(), complete);
                received.add(brought);
                onReceived.accept(brought);
            }
        }

        private OutputStream openStore() throws IOException {
            if (settings.store().isEmpty()) {
                return OutputStream.nullOutputStream();
            }
            Files.createDirectories(settings.store().get());
            return Files.newOutputStream(settings.store().get().resolve("job-%06d.prn".formatted(connection)));
        }

        /** Whether all of it was read to the sender's FIN. */
        private boolean read(OutputStream store) throws IOException {
            if (fault.kind() == Kind.NEVER_READ) {
                return false;
            }
            var pace = new Pace(settings.bytesPerSecond());
            byte[] buffer = new byte[64 * 1024];
            while (true) {
                awaitPaper(socket);
                if (isDue()) {
                    return false;
                }
                int wanted = pace.next(buffer.length);
                if (acts()) {
                    wanted = (int) Math.min(wanted, fault.afterBytes() - size);
                }
                int n = socket.getInputStream().read(buffer, 0, wanted);
                if (n < 0) {
                    return true;
                }
                take(buffer, n, store);
                pace.took(n);
            }
        }

        private boolean acts() {
            return switch (fault.kind()) {
                case RESET, REJECT, REJECT_AFTER_FIN, CLOSE_EARLY -> true;
                case NONE, NEVER_READ, NEVER_CLOSE -> false;
            };
        }

        private void take(byte[] buffer, int n, OutputStream store) throws IOException {
            store.write(buffer, 0, n);
            tally.add(buffer, n);
            size += n;
            long before = counter.labels();
            int queries = counter.take(buffer, n);
            synchronized (lock) {
                bytes += n;
                labels += counter.labels() - before;
            }
            for (int i = 0; i < queries; i++) {
                socket.getOutputStream().write(hostStatus());
            }
        }

        /** Misbehaves when it is time to; true when that ended the connection. */
        private boolean isDue() throws IOException {
            if (!acts() || size < fault.afterBytes()) {
                return false;
            }
            switch (fault.kind()) {
                case RESET -> reset(socket);
                case REJECT, REJECT_AFTER_FIN -> reject();
                default -> closeQuietly(socket);
            }
            return true;
        }

        /**
         * Answers, and closes with data unread: waits for some to be there. Java sends a FIN before it closes
         * unless SO_LINGER is 0, which other programs don't; the RST is the same.
         */
        private void reject() throws IOException {
            socket.getOutputStream().write(fault.reply().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            for (int i = 0; i < 500 && socket.getInputStream().available() == 0; i++) {
                LockSupport.parkNanos(1_000_000);
            }
            if (fault.kind() == Kind.REJECT) {
                reset(socket);
            } else {
                closeQuietly(socket);
            }
        }
    }

    private byte[] hostStatus() {
        synchronized (lock) {
            return ("\u0002030," + (outOfMedia ? 1 : 0) + "," + (paused ? 1 : 0)
                            + ",1245,000,0,0,0,000,0,0,0\u0003\r\n"
                            + "\u0002000,0,0,0,0,2,4,0,00000000,1,000\u0003\r\n"
                            + "\u00021234,0\u0003\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
