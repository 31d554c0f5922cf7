package io.platen.printer.simulator;

/**
 * A label that came out of a simulated printer. {@code ^PQ} is not obeyed: a format is one label.
 *
 * @param connection the connection that brought its {@code ^XZ}, counted from 1
 * @param text what stood between {@code ^XA} and {@code ^XZ}, a character for each byte; of a long one the
 *     first 64 KiB with the length and a checksum of the whole
 * @param atNanos when it came out, by {@link System#nanoTime}
 */
public record Label(int connection, String text, long atNanos) {

    /** Whether it began with an unfinished format, which swallowed the start of the one that followed. */
    public boolean isSpoiled() {
        return text.contains("^XA");
    }
}
