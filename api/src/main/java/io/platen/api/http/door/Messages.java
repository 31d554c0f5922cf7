package io.platen.api.http.door;

import akka.util.ByteString;
import io.platen.api.http.door.HeadGuard.BadHead;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the messages of a connection begin and end (RFC 9112, section 6). It need not understand them, because Akka HTTP
 * parses whatever passes.
 */
final class Messages {
    /** In bytes. The server holds this much for each connection before it knows the caller. */
    static final int LONGEST_HEAD = 16 * 1024;

    /** How many characters of a line are examined. Akka refuses longer request lines. */
    private static final int LINE_KEPT = 4 * 1024;

    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})(?:;.*)?");

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final StringBuilder line = new StringBuilder();
    private State state = State.HEAD;
    private int lines;
    private int headBytes;
    private boolean endsInReturn;
    private boolean isHttp10;
    private boolean isChunked;
    private long length;
    private long left;
    private @Nullable BadHead refusal;

    /** Why the connection is no longer read; null as long as it is. */
    @Nullable
    BadHead refusal() {
        return refusal;
    }

    /** Returns how many of the bytes belong to complete heads and to bodies; -1 if all belong to an incomplete head. */
    int read(ByteString bytes) {
        int size = bytes.size();
        int at = 0;
        int whole = -1;
        byte[] head = null;
        while (at < size && refusal == null) {
            if (state == State.BODY || state == State.CHUNK) {
                int taken = (int) Math.min(left, size - at);
                at += taken;
                left -= taken;
                if (left == 0) {
                    state = state == State.BODY ? State.HEAD : State.CHUNK_END;
                }
                whole = at;
            } else {
                if (head == null) {
                    // An array is far quicker to read byte by byte, and most of a body never gets here.
                    head = bytes.toArray();
                }
                byte b = head[at++];
                if (state == State.HEAD && ++headBytes > LONGEST_HEAD) {
                    refusal = lines == 0 ? BadHead.LINE_TOO_LONG : BadHead.HEAD_TOO_LARGE;
                    break;
                }
                if (b == '\n') {
                    endOfLine();
                } else {
                    endsInReturn = b == '\r';
                    if (line.length() < LINE_KEPT) {
                        line.append((char) (b & 0xFF));
                    }
                }
                if (refusal == null && (state != State.HEAD || (lines == 0 && line.isEmpty()))) {
                    whole = at;
                }
            }
        }
        return whole;
    }

    private void endOfLine() {
        if (!endsInReturn) {
            refusal = BadHead.BARE_LINE_FEED;
            return;
        }
        String text = line.substring(0, Math.max(0, Math.min(line.length(), LINE_KEPT) - 1));
        boolean isEmpty = line.length() == 1;
        line.setLength(0);
        endsInReturn = false;
        switch (state) {
            case HEAD -> headLine(text, isEmpty);
            case CHUNK_SIZE -> chunkSize(text);
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> {
                if (isEmpty) {
                    state = State.HEAD;
                }
            }
            case BODY, CHUNK -> throw new IllegalStateException("There are no lines in a body");
        }
    }

    private void headLine(String text, boolean isEmpty) {
        if (isEmpty) {
            if (lines > 0) {
                headIsWhole();
            } else {
                refusal = BadHead.NO_REQUEST_LINE;
            }
            return;
        }
        if (lines == 0) {
            isHttp10 = text.endsWith("HTTP/1.0");
            if (text.indexOf(' ') <= 0) {
                // Akka would wait for more bytes of the line.
                refusal = BadHead.NO_REQUEST_LINE;
            }
        } else if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
            refusal = BadHead.FOLDED_LINE;
        } else {
            header(text.toLowerCase(Locale.ROOT));
        }
        lines++;
    }

    private void header(String text) {
        if (text.startsWith("transfer-encoding:") && text.contains("chunked")) {
            isChunked = true;
        } else if (text.startsWith("content-length:")) {
            try {
                length = Long.parseLong(
                        text.substring("content-length:".length()).strip());
            } catch (NumberFormatException e) {
                // Akka refuses the request.
                length = 0;
            }
        }
    }

    private void headIsWhole() {
        if (isChunked && isHttp10) {
            refusal = BadHead.CHUNKED_HTTP_1_0;
        } else if (isChunked) {
            state = State.CHUNK_SIZE;
        } else if (length > 0) {
            state = State.BODY;
            left = length;
        }
        lines = 0;
        headBytes = 0;
        isHttp10 = false;
        isChunked = false;
        length = 0;
    }

    private void chunkSize(String text) {
        // If Akka read another size, the two would disagree about everything after it.
        Matcher size = CHUNK_SIZE.matcher(text);
        if (!size.matches()) {
            refusal = BadHead.CHUNK_SIZE;
            return;
        }
        left = Long.parseLong(size.group(1), 16);
        state = left > 0 ? State.CHUNK : State.TRAILER;
    }
}
