package io.platen.printer.language;

import java.nio.charset.StandardCharsets;

/** The bytes of an unfinished line or frame, {@value Frame#MAX_TEXT} at most. */
final class HeldBytes {
    private final byte[] bytes = new byte[Frame.MAX_TEXT];
    private int size;

    void add(int b) {
        bytes[size++] = (byte) b;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == bytes.length;
    }

    /** The byte at an index, 0 to 255. */
    int at(int index) {
        return bytes[index] & 0xFF;
    }

    int last() {
        return at(size - 1);
    }

    /** All bytes as ISO 8859-1 characters. */
    String text() {
        return text(size);
    }

    /** The first bytes as ISO 8859-1 characters. */
    String text(int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Returns all bytes as text, and holds them no longer. */
    String drain() {
        String text = text();
        clear();
        return text;
    }

    void clear() {
        size = 0;
    }
}
