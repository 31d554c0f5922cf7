package io.platen.printer.diagnosis;

/**
 * What the printer said before the connection ended: the first and the last 4 KiB of it.
 *
 * @param text one character for each byte; control characters other than line ends as {@code <STX>} or {@code \x1b}
 * @param hex the same bytes in hex
 * @param size all bytes that it sent, kept or not
 */
public record LastWords(String text, String hex, long size) {

    /** These words, cut to this many characters of text and the hex of this many bytes. */
    public LastWords atMost(int characters) {
        return text.length() <= characters && hex.length() <= 2 * characters
                ? this
                : new LastWords(cut(text, characters), cut(hex, 2 * characters), size);
    }

    private static String cut(String whole, int length) {
        return whole.length() <= length ? whole : whole.substring(0, length) + "…";
    }
}
