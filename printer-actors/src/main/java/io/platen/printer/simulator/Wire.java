package io.platen.printer.simulator;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One accepted socket. Any thread may write to it and close it; one thread reads. */
final class Wire implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Wire.class);

    /** {@link #read} returns this when no byte came in time. */
    static final int NOTHING = 0;

    private final Socket socket;
    private final Object speaking = new Object();
    private final Runnable afterClose;

    private boolean closed;

    /** @param afterClose runs after the close, maybe more than once */
    Wire(Socket socket, Runnable afterClose) {
        this.socket = socket;
        this.afterClose = afterClose;
        try {
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            log.debug("Already closed: {}", e.getMessage());
        }
    }

    /** Reads up to {@code atMost} bytes; -1 is the sender's FIN. */
    int read(byte[] buffer, int atMost) throws IOException {
        return socket.getInputStream().read(buffer, 0, atMost);
    }

    /** Reads up to {@code atMost} bytes, and waits for {@code wait} at most. */
    int read(byte[] buffer, int atMost, Duration wait) throws IOException {
        socket.setSoTimeout(Math.max(1, Math.toIntExact(wait.toMillis())));
        try {
            return socket.getInputStream().read(buffer, 0, atMost);
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Writes words, a character for each byte; false when the connection has ended. */
    boolean say(String words) {
        synchronized (speaking) {
            try {
                socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
                return true;
            } catch (IOException e) {
                log.debug("The connection has ended: {}", e.getMessage());
                return false;
            }
        }
    }

    /** Sends the printer's FIN; reading goes on. */
    void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            log.debug("Already closed: {}", e.getMessage());
        }
    }

    /** Ends the connection with an RST. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            log.debug("Already closed: {}", e.getMessage());
        }
        close();
    }

    /** Ends the connection with a FIN, which the kernel makes an RST when there is unread data. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("While closing: {}", e.getMessage());
        }
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        afterClose.run();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until the socket is closed, or the time is over. */
    synchronized void awaitClose(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !closed && left > 0; left = deadline - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Waits until there is something to read, the socket is closed, or the time is over. */
    void awaitUnread(Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isClosed() && socket.getInputStream().available() == 0 && System.nanoTime() < deadline) {
            awaitClose(Duration.ofMillis(1));
        }
    }
}
