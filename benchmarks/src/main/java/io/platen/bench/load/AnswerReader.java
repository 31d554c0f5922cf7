package io.platen.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds the end of one HTTP answer after the other in a connection's bytes. */
final class AnswerReader {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    /** Where the head ends, or -1 while it is not complete. */
    private int headEnd = -1;

    private int scanned;
    private int bodyLength;

    /**
     * Whether the buffer, read from 0 to its position, holds the whole answer.
     *
     * @throws IllegalStateException if the answer has no Content-Length
     */
    boolean isComplete(ByteBuffer in) {
        if (headEnd < 0) {
            findHead(in);
        }
        return headEnd >= 0 && in.position() >= headEnd + bodyLength;
    }

    private void findHead(ByteBuffer in) {
        for (int i = Math.max(scanned, 3); i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n' && in.get(i - 3) == '\r') {
                headEnd = i + 1;
                bodyLength = length(in);
                return;
            }
        }
        scanned = in.position();
    }

    private int length(ByteBuffer in) {
        for (int i = 0; i + LENGTH.length < headEnd; i++) {
            if (in.get(i) == '\n' && startsWith(in, i + 1)) {
                return number(in, i + 1 + LENGTH.length);
            }
        }
        throw new IllegalStateException("An answer has no Content-Length: " + start(in));
    }

    private static boolean startsWith(ByteBuffer in, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            byte b = in.get(at + i);
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuffer in, int at) {
        int i = at;
        while (in.get(i) == ' ') {
            i++;
        }
        int number = 0;
        for (; in.get(i) >= '0' && in.get(i) <= '9'; i++) {
            number = number * 10 + (in.get(i) - '0');
        }
        return number;
    }

    /** Of a complete answer. */
    int status(ByteBuffer in) {
        return number(in, "HTTP/1.1 ".length());
    }

    /** The first four bytes of a complete answer's body, or 0 if it is shorter. */
    int bodyStart(ByteBuffer in) {
        return bodyLength < 4 ? 0 : in.getInt(headEnd);
    }

    /** The answer as far as it is there, for messages. */
    String start(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.position(), 600)];
        in.get(0, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Removes the complete answer; the next one may have begun. */
    void next(ByteBuffer in) {
        int end = headEnd + bodyLength;
        in.flip().position(end);
        in.compact();
        headEnd = -1;
        scanned = 0;
    }
}
