package io.platen.printer.diagnosis;

/**
 * Makes text from outside safe to show: writes out characters that control a terminal, break a line, or turn the direction
 * of writing.
 */
public final class Printable {
    private Printable() {}

    /**
     * The text with its control characters written out, and cut when it is longer.
     *
     * @param atMost characters of the text that are kept
     */
    public static String of(String text, int atMost) {
        String kept = text.length() <= atMost ? text : text.substring(0, atMost);
        var out = new StringBuilder(kept.length());
        kept.codePoints().forEach(c -> append(out, c));
        if (text.length() > atMost) {
            out.append("… and ").append(text.length() - atMost).append(" more");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case 0x02 -> out.append("<STX>");
            case 0x03 -> out.append("<ETX>");
            case 0x06 -> out.append("<ACK>");
            case 0x15 -> out.append("<NAK>");
            case 0x1b -> out.append("<ESC>");
            default -> {
                if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                    out.append(String.format("\\x%02x", c));
                } else if (isUnseen(c) || isHalf(c)) {
                    out.append(String.format("\\u%04x", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    /** Whether a character is invisible: it has no width, or turns the direction of writing. */
    public static boolean isUnseen(int c) {
        return c == 0xad
                || c == 0x61c
                || c == 0x180e
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x2069)
                || c == 0xfeff
                || (c >= 0xe0000 && c <= 0xe007f);
    }

    /** Whether it is half of a surrogate pair, whose other half is missing. */
    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
