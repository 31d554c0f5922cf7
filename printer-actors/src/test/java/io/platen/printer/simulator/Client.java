package io.platen.printer.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A plain socket to a simulated printer. */
final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHOWS_NO_END_MILLIS = 150;

    /** How a printer ends a connection. */
    enum End {
        FIN,
        RESET,
        NONE
    }

    /** What a client read, and how its connection ended. */
    record Heard(String words, End end) {}

    private final Socket socket;

    /** Whoever writes after an RST is told, and the reader is not any more. */
    private boolean wasReset;

    Client(SimulatedPrinter printer) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), printer.port());
    }

    Client send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            wasReset = true;
        }
        return this;
    }

    Client halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            wasReset = true;
        }
        return this;
    }

    /** Reads to the end. */
    Heard hear() throws IOException {
        return hear(PATIENCE_MILLIS);
    }

    /** Reads as long as something comes, and to the end if that comes soon. */
    Heard hearWhatComesSoon() throws IOException {
        return hear(SHOWS_NO_END_MILLIS);
    }

    /** Reads this many bytes. */
    String hear(String like) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new String(socket.getInputStream().readNBytes(like.length()), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Heard hear(int millis) throws IOException {
        socket.setSoTimeout(millis);
        var words = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                words.append((char) next);
            }
            return new Heard(words.toString(), wasReset ? End.RESET : End.FIN);
        } catch (SocketTimeoutException e) {
            return new Heard(words.toString(), End.NONE);
        } catch (SocketException e) {
            return new Heard(words.toString(), End.RESET);
        }
    }
}
