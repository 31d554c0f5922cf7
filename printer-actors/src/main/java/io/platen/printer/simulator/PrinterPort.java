package io.platen.printer.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated printer's listening socket. It can be shut, which refuses connections, and opened again on the same port. */
final class PrinterPort {
    private static final Logger log = LoggerFactory.getLogger(PrinterPort.class);
    private static final int BACKLOG = 16;

    private final String bind;
    private final int receiveBufferBytes;
    private final int port;

    private @Nullable ServerSocket listener;

    /** The socket that waits for a connection. */
    private @Nullable ServerSocket accepting;

    private boolean closed;

    PrinterPort(String bind, int port, int receiveBufferBytes) throws IOException {
        this.bind = bind;
        this.receiveBufferBytes = receiveBufferBytes;
        ServerSocket first = listen(port);
        this.listener = first;
        this.port = first.getLocalPort();
    }

    int port() {
        return port;
    }

    synchronized void shut() {
        ServerSocket shutting = listener;
        listener = null;
        if (shutting != null) {
            close(shutting);
            // An accept under way keeps the port in the kernel for a moment.
            awaitWhile(() -> accepting == shutting);
        }
    }

    synchronized void open() {
        if (listener != null || closed) {
            return;
        }
        try {
            listener = listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + " again", e);
        }
        notifyAll();
    }

    synchronized void closeForEver() {
        closed = true;
        if (listener != null) {
            close(listener);
        }
        notifyAll();
    }

    /** Waits for the next connection and passes it on before the door can be shut; false when the door is closed for ever. */
    boolean accept(Consumer<Socket> entering) {
        while (true) {
            ServerSocket waiting;
            synchronized (this) {
                awaitWhile(() -> listener == null);
                waiting = listener;
                if (closed || waiting == null) {
                    return false;
                }
                accepting = waiting;
            }
            Socket socket = acceptAt(waiting);
            synchronized (this) {
                accepting = null;
                notifyAll();
                if (socket != null && listener == waiting && !closed) {
                    entering.accept(socket);
                    return true;
                }
            }
            // The connection was accepted while the door was being shut.
            reset(socket);
        }
    }

    private @Nullable Socket acceptAt(ServerSocket waiting) {
        try {
            return waiting.accept();
        } catch (IOException e) {
            log.debug("Simulated printer on port {}: {}", port, e.getMessage());
            return null;
        }
    }

    private ServerSocket listen(int onPort) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.bind(new InetSocketAddress(bind, onPort), BACKLOG);
        return socket;
    }

    /** Call with the lock held. */
    private void awaitWhile(BooleanSupplier condition) {
        try {
            while (condition.getAsBoolean() && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private static void reset(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            log.debug("The connection had ended already: {}", e.getMessage());
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("While closing: {}", e.getMessage());
        }
    }
}
