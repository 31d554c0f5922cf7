package io.platen.api.tools;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection to a server. The JDK's HTTP client would compete with the server for the compiler. */
final class RehearsalClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final byte[] NOTHING = {};

    private final Socket socket;
    private final InputStream in;

    RehearsalClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Asks for a path, and returns the status. */
    int get(String path) throws IOException {
        return send("GET", path, "", NOTHING);
    }

    /** Creates a printer, and returns the status. */
    int put(String printer, String uri, String connection) throws IOException {
        String profile = "{\"uri\": \"%s\", \"language\": \"zpl\", \"connection\": \"%s\"}".formatted(uri, connection);
        String type = "Content-Type: application/json\r\n";
        return send("PUT", "/v1/printers/" + printer, type, profile.getBytes(StandardCharsets.UTF_8));
    }

    /** Submits a job with further header lines, each ending in CR LF, and returns the status. */
    int submit(String printer, byte[] label, String headers) throws IOException {
        String type = "Content-Type: application/vnd.zebra-zpl\r\n";
        return send("POST", "/v1/printers/" + printer + "/jobs", type + headers, label);
    }

    /** Reads the stream of events until the connection is closed, from whichever end. */
    void watch() throws IOException {
        socket.setSoTimeout(0);
        socket.getOutputStream()
                .write("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            if (!socket.isClosed()) {
                throw e;
            }
        }
    }

    private int send(String method, String path, String headers, byte[] body) throws IOException {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        socket.getOutputStream().write(request);
        return readAnswer();
    }

    private int readAnswer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        long length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (chunked) {
            skipChunks();
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private void skipChunks() throws IOException {
        int size;
        do {
            size = Integer.parseInt(line(), 16);
            in.skipNBytes(size);
            line();
        } while (size > 0);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
