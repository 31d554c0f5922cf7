package io.platen.printer.language;

import java.util.Arrays;

/**
 * The characters that give a ZPL document its structure: two prefixes and the delimiter of parameters, which a document
 * can change, and the control characters that stand for them whatever it changes (ZPL II Programming Guide, "^XA",
 * "^XZ" and "ZPL Basics").
 */
final class ZplMarks {
    static final byte STX_FOR_XA = 0x02;
    static final byte ETX_FOR_XZ = 0x03;
    private static final byte DLE_FOR_TILDE = 0x10;
    private static final byte RS_FOR_CARET = 0x1e;
    private static final byte US_FOR_DELIMITER = 0x1f;

    /** Those that a document can change. */
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

    /** By the unsigned value of a byte: whether it ends whatever text it stands in. */
    private final boolean[] ends = new boolean[256];

    ZplMarks() {
        findEnds();
    }

    private void findEnds() {
        Arrays.fill(ends, false);
        for (byte b : new byte[] {caret, tilde, STX_FOR_XA, ETX_FOR_XZ, DLE_FOR_TILDE, RS_FOR_CARET}) {
            ends[b & 0xff] = true;
        }
    }

    /** Whether this byte ends whatever text it stands in: a prefix, or what stands for a command. */
    boolean endsText(byte b) {
        return ends[b & 0xff];
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
        findEnds();
    }
}
