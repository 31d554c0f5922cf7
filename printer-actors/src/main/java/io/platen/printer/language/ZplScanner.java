package io.platen.printer.language;

import io.platen.printer.language.ZplMarks.Mark;
import java.nio.ByteBuffer;

/**
 * Counts the labels of a ZPL document as it streams by, in chunks of any size. Memory is constant, and so is the work for
 * each byte. Its source is Zebra's ZPL II Programming Guide, unless another one is named.
 *
 * <p>{@link ZplFormats} decides what counts as a format and as a label.
 *
 * <p>As in printers, commands are recognised everywhere, also in field data and comments, except in binary data with a byte
 * count. Not safe for use by several threads at once.
 */
public final class ZplScanner {
    static final int MOST_STATUS_QUERIES = 10_000;

    /** Far more than any document has; keeps the arithmetic from overflowing. */
    private static final long MOST_COUNTED_BYTES = 1L << 50;

    private static final int COPY_BYTES = 8 * 1024;

    /** The first byte of a PNG file (PNG specification, section 5.2). */
    private static final byte PNG = (byte) 0x89;

    private enum State {
        /** Up to the next command. */
        TEXT,
        /** In the two characters after a prefix. */
        NAME,
        /** At the character that becomes a prefix or the delimiter. */
        CHANGE,
        /** In the first parameter of {@code ^PQ}. */
        QUANTITY,
        /** In the parameters before data with a byte count. */
        HEAD,
        /** At the first byte of data that may be binary or text. */
        DATA_OR_TEXT,
        /** In data with a byte count. */
        DATA
    }

    /** A command with data: which of its parameters hold the data's type and size, and how many stand before the data. */
    private enum Head {
        /** {@code ^GFtype,bytes,image bytes,bytes per row,data}. */
        GF(0, 1, 4),
        /** {@code ~DYname,type,extension,bytes,bytes per row,data}. */
        DY(1, 3, 5);

        private final int type;
        private final int count;
        private final int parameters;

        Head(int type, int count, int parameters) {
            this.type = type;
            this.count = count;
            this.parameters = parameters;
        }
    }

    private final ZplMarks marks = new ZplMarks();
    private final ZplFormats formats = new ZplFormats();

    private State state = State.TEXT;
    private byte prefix;
    private int firstOfName;
    private Mark changing = Mark.CARET;
    private Head head = Head.GF;
    private int parameter;
    private int type;
    /** The number that is being read, or the bytes of data that are left. */
    private long count;

    /** The document's offset at index 0 of the chunk. */
    private long base;

    private long taken;
    private int statusQueries;

    /** What has been found so far. */
    public Labels labels() {
        boolean inData = state == State.DATA || state == State.DATA_OR_TEXT;
        return new Labels(formats.total(), formats.firstLabelEnd(), formats.isOpen() || inData, statusQueries);
    }

    /** The document's next bytes: all that remain in the buffer, which is empty afterwards. */
    public void take(ByteBuffer chunk) {
        if (chunk.hasArray()) {
            int from = chunk.arrayOffset() + chunk.position();
            take(chunk.array(), from, from + chunk.remaining());
            chunk.position(chunk.limit());
            return;
        }
        var copy = new byte[Math.min(COPY_BYTES, chunk.remaining())];
        while (chunk.hasRemaining()) {
            int bytes = Math.min(copy.length, chunk.remaining());
            chunk.get(copy, 0, bytes);
            take(copy, 0, bytes);
        }
    }

    /**
     * The document's next bytes.
     *
     * @param from the index of the first
     * @param to the index after the last
     */
    public void take(byte[] bytes, int from, int to) {
        base = taken - from;
        int at = from;
        while (at < to) {
            at = switch (state) {
                case TEXT -> text(bytes, at, to);
                case NAME -> name(bytes[at], at);
                case CHANGE -> change(bytes[at], at);
                case QUANTITY -> quantity(bytes[at], at);
                case HEAD -> head(bytes[at], at);
                case DATA_OR_TEXT -> dataOrText(bytes[at], at);
                case DATA -> data(at, to);
            };
        }
        taken += to - from;
    }

    private int text(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !marks.isPrefix(bytes[at])) {
            at++;
        }
        if (at == to) {
            return at;
        }
        prefix = bytes[at];
        firstOfName = 0;
        state = State.NAME;
        return at + 1;
    }

    /** Another prefix within a name begins another command. */
    private int name(byte b, int at) {
        if (marks.isPrefix(b)) {
            state = State.TEXT;
            return at;
        }
        if (firstOfName == 0) {
            firstOfName = upper(b) << 8;
            return at + 1;
        }
        state = State.TEXT;
        int name = firstOfName | upper(b);
        if (marks.isCaret(prefix)) {
            formatCommand(name, base + at + 1);
        }
        // No "else": a document may have set both prefixes to the same character.
        if (marks.isTilde(prefix)) {
            controlCommand(name);
        }
        return at + 1;
    }

    private void formatCommand(int name, long endOffset) {
        formats.formatCommand(name);
        switch (name) {
            case 'X' << 8 | 'A' -> formats.begin();
            case 'X' << 8 | 'Z' -> formats.end(endOffset);
            case 'D' << 8 | 'F' -> formats.store();
            case 'P' << 8 | 'Q' -> {
                state = State.QUANTITY;
                count = 0;
            }
            case 'G' << 8 | 'F' -> begin(Head.GF);
            default -> changeCommand(name);
        }
    }

    private void controlCommand(int name) {
        formats.controlCommand();
        switch (name) {
            case 'H' << 8 | 'S' -> statusQueries = Math.min(MOST_STATUS_QUERIES, statusQueries + 1);
            // Cancels the unfinished format.
            case 'J' << 8 | 'X' -> formats.cancel();
            // The other downloads (~DB, ~DE, ~DG, ~DS, ~DT, ~DU) are text, which the next prefix ends.
            case 'D' << 8 | 'Y' -> begin(Head.DY);
            default -> changeCommand(name);
        }
    }

    private void changeCommand(int name) {
        switch (name) {
            case 'C' << 8 | 'C' -> begin(Mark.CARET);
            case 'C' << 8 | 'T' -> begin(Mark.TILDE);
            case 'C' << 8 | 'D' -> begin(Mark.DELIMITER);
            default -> {}
        }
    }

    private void begin(Mark mark) {
        state = State.CHANGE;
        changing = mark;
    }

    private void begin(Head command) {
        state = State.HEAD;
        head = command;
        parameter = 0;
        type = 0;
        count = 0;
    }

    private int change(byte b, int at) {
        state = State.TEXT;
        if (!ZplMarks.canBe(b)) {
            return at;
        }
        marks.change(changing, b);
        return at + 1;
    }

    private int quantity(byte b, int at) {
        if (b == ' ') {
            return at + 1;
        }
        if (b >= '0' && b <= '9') {
            count = Math.min(ZplFormats.MOST_QUANTITY, count * 10 + (b - '0'));
            return at + 1;
        }
        formats.quantity(count);
        state = State.TEXT;
        return at;
    }

    private int head(byte b, int at) {
        if (marks.isPrefix(b)) {
            state = State.TEXT;
            return at;
        }
        if (marks.isDelimiter(b)) {
            parameter++;
            if (parameter == head.parameters) {
                state = dataOf(head);
            }
        } else if (parameter == head.type && type == 0 && b > ' ') {
            type = upper(b);
        } else if (parameter == head.count && b >= '0' && b <= '9') {
            count = Math.min(MOST_COUNTED_BYTES, count * 10 + (b - '0'));
        }
        return at + 1;
    }

    /** The state that reads the command's data. Printers ignore a command without a byte count. */
    private State dataOf(Head command) {
        if (count == 0) {
            return State.TEXT;
        }
        return switch (type) {
            case 'B' -> State.DATA;
            // The byte count of ~DY is the size of the uncompressed data, and says nothing of compressed data.
            case 'C' -> command == Head.GF ? State.DATA : State.TEXT;
            // The guide wants PNG files as text; some senders send them as they are.
            case 'P' -> command == Head.DY ? State.DATA_OR_TEXT : State.TEXT;
            default -> State.TEXT;
        };
    }

    private int dataOrText(byte b, int at) {
        state = b == PNG ? State.DATA : State.TEXT;
        return at;
    }

    private int data(int at, int to) {
        int here = (int) Math.min(count, to - at);
        count -= here;
        state = count == 0 ? State.TEXT : State.DATA;
        return at + here;
    }

    private static int upper(byte b) {
        return b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b & 0xff;
    }
}
