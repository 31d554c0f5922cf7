package io.platen.printer.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A printer under an attacker's control, or with broken firmware, that does as much harm as one end of a connection can. It
 * is no model of a real device; {@link SimulatedPrinter}s are.
 */
public final class HostilePrinter implements AutoCloseable {
    private static final int SMALL_WINDOW = 2048;
    private static final long DRIP_NANOS = 2_000_000;

    /** What it does on every connection. */
    public enum Kind {
        /** Sends the start of a frame, and then bytes without end. */
        ENDLESS_FRAME("\u0002", "x".repeat(65_536)),
        /** Sends lines without end that say that there is no error. */
        ENDLESS_LINES("", "ERROR=0\r\n".repeat(7_000)),
        /** Sends text without end that no language knows. */
        ENDLESS_WORDS("", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\r\n".repeat(1_500)),
        /** Sends acknowledgements without end. */
        ENDLESS_ACKNOWLEDGEMENTS("", "\u0006".repeat(65_536)),
        /** Sends ZPL's host status without end, each time a different one. */
        ENDLESS_STATUS("", (status(0) + status(1)).repeat(300)),
        /** Sends a byte every other millisecond, without end. */
        DRIPPING("", "\u0002"),
        /** Accepts connections and never reads. */
        NEVER_READING("", ""),
        /** Resets each connection at accept. */
        RESETTING("", "");

        private final String first;
        private final String again;

        private static String status(int paused) {
            return "\u0002030,%d,0,1245,000,0,0,0,000,0,0,0\u0003\r\n".formatted(paused)
                    + "\u0002000,0,0,0,0,2,4,0,00000000,1,000\u0003\r\n\u00021234,0\u0003\r\n";
        }

        Kind(String first, String again) {
            this.first = first;
            this.again = again;
        }
    }

    private final Kind kind;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong said = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "hostile-printer");
        thread.setDaemon(true);
        return thread;
    });

    private HostilePrinter(Kind kind) {
        this.kind = kind;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            door.setReceiveBufferSize(SMALL_WINDOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::serve);
    }

    /** Starts a printer on a free port of the loopback address. */
    public static HostilePrinter start(Kind kind) {
        return new HostilePrinter(kind);
    }

    public String uri() {
        return "socket://127.0.0.1:" + door.getLocalPort();
    }

    /** How many bytes it has written. */
    public long said() {
        return said.get();
    }

    public long connections() {
        return connections.get();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                connections.incrementAndGet();
                open.add(socket);
                if (kind == Kind.RESETTING) {
                    socket.setSoLinger(true, 0);
                    close(socket);
                } else if (kind != Kind.NEVER_READING) {
                    threads.execute(() -> read(socket));
                    threads.execute(() -> say(socket));
                }
            } catch (IOException e) {
                // The printer was closed, or the connection ended at once.
                LockSupport.parkNanos(DRIP_NANOS);
            }
        }
    }

    private void read(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            close(socket);
        }
    }

    private void say(Socket socket) {
        byte[] again = kind.again.getBytes(StandardCharsets.ISO_8859_1);
        try (OutputStream out = socket.getOutputStream()) {
            out.write(kind.first.getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(again);
                said.addAndGet(again.length);
                if (kind == Kind.DRIPPING) {
                    LockSupport.parkNanos(DRIP_NANOS);
                }
            }
        } catch (IOException e) {
            close(socket);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // A socket is closed even when its close fails.
            return;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::close);
        threads.shutdownNow();
    }
}
