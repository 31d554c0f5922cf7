package io.platen.printer.simulator;

/**
 * A label that a simulated printer has printed. {@code ^PQ} is ignored: a format is one label.
 *
 * @param connection the connection that brought its {@code ^XZ}, counted from 1
 * @param text the text between {@code ^XA} and {@code ^XZ}, a character for each byte; a long text is cut to its first 64
 *     KiB, with the length and a checksum of the whole
 * @param atNanos when it was printed, by {@link System#nanoTime}
 */
public record Label(int connection, String text, long atNanos) {

    /** Whether it began with an unfinished format, which swallowed the next format. */
    public boolean isSpoiled() {
        return text.contains("^XA");
    }
}
