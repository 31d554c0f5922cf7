package io.platen.printer.diagnosis;

/**
 * Makes text from outside fit to be shown: what steers a terminal, breaks a line or turns the direction of writing is
 * written out.
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
        for (int i = 0; i < kept.length(); i++) {
            append(out, kept, i);
        }
        if (text.length() > atMost) {
            out.append("… and ").append(text.length() - atMost).append(" more");
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String text, int i) {
        char c = text.charAt(i);
        switch (c) {
            case 0x02 -> out.append("<STX>");
            case 0x03 -> out.append("<ETX>");
            case 0x06 -> out.append("<ACK>");
            case 0x15 -> out.append("<NAK>");
            case 0x1b -> out.append("<ESC>");
            default -> {
                if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                    out.append(String.format("\\x%02x", (int) c));
                } else if (isUnseen(c) || isLone(text, i)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** Whether a character is not seen itself but changes how others are: of no width, or a turn of direction. */
    public static boolean isUnseen(char c) {
        return (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\ufeff';
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
