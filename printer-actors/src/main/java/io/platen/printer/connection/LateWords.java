package io.platen.printer.connection;

/**
 * What the printer has said on a reused connection, while it is not known whether the words are about this document or the
 * previous one. A sample that is asked for after the words decides: if no byte of this document is acknowledged by then,
 * they are about the previous one.
 */
final class LateWords {
    /** Words are kept up to this many bytes; further words are dropped. */
    private static final int MOST_BYTES = 16 * 1024;

    private Words words = Words.NONE;
    private long sinceNanos;

    void add(Words more, long nowNanos) {
        if (words.bytes().length < MOST_BYTES) {
            words = words.and(more);
        }
        sinceNanos = nowNanos;
    }

    /** When the printer said the latest words, by {@link System#nanoTime}. */
    long sinceNanos() {
        return sinceNanos;
    }

    /**
     * Whether there are words, and it is known now which document they are about.
     *
     * @param isOwn whether a byte of this document is known to be acknowledged
     * @param askedAtNanos when the kernel was asked; an answer from before the words says nothing about them
     */
    boolean areDecided(boolean isOwn, long askedAtNanos) {
        return !words.isEmpty() && (isOwn || askedAtNanos - sinceNanos >= 0);
    }

    Words take() {
        Words all = words;
        words = Words.NONE;
        return all;
    }
}
