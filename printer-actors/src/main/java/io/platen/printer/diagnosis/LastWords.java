package io.platen.printer.diagnosis;

/**
 * What the printer said before the line ended: the first and the last 4 KiB of it.
 *
 * @param text byte for character; control characters other than line ends as {@code <STX>} or {@code \x1b}
 * @param hex the same bytes in hex
 * @param size all bytes that it sent, kept or not
 */
public record LastWords(String text, String hex, long size) {}
