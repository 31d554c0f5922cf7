package io.platen.printer.diagnosis;

/**
 * What the printer said before the line ended: the first and the last 4 KiB of it.
 *
 * @param text byte for character; control characters other than line ends as {@code <STX>} or {@code \x1b}
 * @param hex the same bytes in hex
 * @param size all bytes that it sent, kept or not
 */
public record LastWords(String text, String hex, long size) {

    /** The same with no more than so many characters of text, and the hex of as many bytes. */
    public LastWords atMost(int characters) {
        return text.length() <= characters && hex.length() <= 2 * characters
                ? this
                : new LastWords(cut(text, characters), cut(hex, 2 * characters), size);
    }

    private static String cut(String whole, int length) {
        return whole.length() <= length ? whole : whole.substring(0, length) + "…";
    }
}
