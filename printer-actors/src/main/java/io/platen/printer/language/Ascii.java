package io.platen.printer.language;

/** The control characters that printers speak with. */
final class Ascii {
    static final int NUL = 0x00;
    static final int STX = 0x02;
    static final int ETX = 0x03;
    static final int ENQ = 0x05;
    static final int ACK = 0x06;
    static final int TAB = 0x09;
    static final int LF = 0x0A;
    static final int FF = 0x0C;
    static final int CR = 0x0D;
    static final int XON = 0x11;
    static final int XOFF = 0x13;
    static final int NAK = 0x15;

    private Ascii() {}

    /** Whether a byte is neither a character of ISO 8859-1 nor a space. */
    static boolean isControl(int b) {
        return b < 0x20 || (b >= 0x7F && b < 0xA0);
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    /** Whether a text has a character that leaves ink. */
    static boolean isPrintable(String text) {
        return text.chars().anyMatch(c -> c > ' ' && c != 0xA0 && !isControl(c));
    }

    /** Whether a text has nothing but white space and NUL. */
    static boolean isBlank(String text) {
        return text.chars().allMatch(c -> c == NUL || Character.isWhitespace(c));
    }
}
