package io.platen.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of somebody who means no good, or cannot do better. */
final class HostileClient implements AutoCloseable {
    private final Socket socket;
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "drip");
        thread.setDaemon(true);
        return thread;
    });

    HostileClient(String url) throws IOException {
        this(url, 64 * 1024);
    }

    /** With a receive buffer of so many bytes. */
    HostileClient(String url, int receiveBuffer) throws IOException {
        URI at = URI.create(url);
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(at.getHost(), at.getPort()));
    }

    HostileClient halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends this, character by byte. */
    HostileClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Sends a byte of an endless text again and again. */
    HostileClient drip(Duration every) {
        var unused = dripping.scheduleAtFixedRate(this::dripOnce, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void dripOnce() {
        try {
            socket.getOutputStream().write('a');
        } catch (IOException e) {
            dripping.shutdown();
        }
    }

    /** All that comes until the server ends the connection, or so long. */
    String answer(Duration patience) throws IOException {
        return answer(patience, null);
    }

    /** The same, or until it has this in it. */
    String answer(Duration patience, @Nullable String end) throws IOException {
        var answer = new StringBuilder();
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] piece = new byte[4096];
        while (System.nanoTime() < deadline) {
            socket.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            try {
                int read = socket.getInputStream().read(piece);
                if (read < 0) {
                    return answer.append("<closed>").toString();
                }
                answer.append(new String(piece, 0, read, ISO_8859_1));
                if (end != null && answer.indexOf(end) >= 0) {
                    break;
                }
            } catch (SocketTimeoutException e) {
                break;
            } catch (IOException e) {
                return answer.append("<closed>").toString();
            }
        }
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        dripping.shutdownNow();
        socket.close();
    }
}
