package io.platen.printer.language;

import java.util.Arrays;

/**
 * The characters that give a ZPL document its structure: two prefixes and the delimiter of parameters, which a document
 * can change, and the control characters that always stand for them (ZPL II Programming Guide, "ZPL
 * Basics"). STX and ETX, which the guide allows for {@code ^XA} and {@code ^XZ}, are left out: hardly any document uses
 * them, and documents that are no ZPL but go to a ZPL printer, such as PDF, are full of them.
 */
final class ZplMarks {
    private static final byte DLE_FOR_TILDE = 0x10;
    private static final byte RS_FOR_CARET = 0x1e;
    private static final byte US_FOR_DELIMITER = 0x1f;

    /** The characters that a document can change. */
    enum Mark {
        /** Begins a format command. */
        CARET,
        /** Begins a control command. */
        TILDE,
        DELIMITER
    }

    private byte caret = '^';
    private byte tilde = '~';
    private byte delimiter = ',';

    /** Whether a byte is a prefix, by its unsigned value. */
    private final boolean[] prefixes = new boolean[256];

    ZplMarks() {
        findPrefixes();
    }

    private void findPrefixes() {
        Arrays.fill(prefixes, false);
        for (byte b : new byte[] {caret, tilde, DLE_FOR_TILDE, RS_FOR_CARET}) {
            prefixes[b & 0xff] = true;
        }
    }

    /** Whether this byte begins a command. It also ends the text before it. */
    boolean isPrefix(byte b) {
        return prefixes[b & 0xff];
    }

    boolean isCaret(byte b) {
        return b == caret || b == RS_FOR_CARET;
    }

    boolean isTilde(byte b) {
        return b == tilde || b == DLE_FOR_TILDE;
    }

    boolean isDelimiter(byte b) {
        return b == delimiter || b == US_FOR_DELIMITER;
    }

    /** Whether a mark can become this byte: control characters and spaces cannot (Zebra knowledge article 06205819). */
    static boolean canBe(byte b) {
        return b > ' ' || b < 0;
    }

    void change(Mark mark, byte b) {
        switch (mark) {
            case CARET -> caret = b;
            case TILDE -> tilde = b;
            case DELIMITER -> delimiter = b;
        }
        findPrefixes();
    }
}
