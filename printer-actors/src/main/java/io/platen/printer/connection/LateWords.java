package io.platen.printer.connection;

/**
 * What the printer has said on a connection that was used before, while it is not known of which document: this one, or
 * the one before. A sample of the kernel that was asked for later tells: as long as nothing of this document is
 * acknowledged, the words are about the one before.
 */
final class LateWords {
    /** Words are kept up to this many bytes; what a printer says beyond is not. */
    private static final int MOST_BYTES = 16 * 1024;

    private Words words = Words.NONE;
    private long sinceNanos;

    void add(Words more, long nowNanos) {
        if (words.bytes().length < MOST_BYTES) {
            words = words.and(more);
        }
        sinceNanos = nowNanos;
    }

    /** When the printer said the last of them, by {@link System#nanoTime}. */
    long sinceNanos() {
        return sinceNanos;
    }

    /**
     * Whether there are words whose document is known now.
     *
     * @param isOwn whether something of this document is known to be acknowledged
     * @param askedAtNanos when the kernel was asked: what it said before the words came says nothing about them
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
