package io.platen.printer.simulator;

/**
 * Something that a simulated printer says without being asked.
 *
 * @param moment when it says the words
 * @param number the bytes or milliseconds that the moment needs; 0 when it needs none
 * @param words a character (ISO 8859-1) for each byte
 */
public record Saying(Moment moment, long number, String words) {

    /** When a printer speaks. */
    public enum Moment {
        AT_ACCEPT,
        /** When it has read {@code number} bytes of a connection. */
        AFTER_BYTES,
        /** After each printed label. */
        AFTER_LABEL,
        /** When it has read the sender's FIN, before it ends its own side. */
        AFTER_JOB,
        /** Every {@code number} milliseconds while it can print. */
        EVERY_MILLIS_WHILE_WELL,
        /** Every {@code number} milliseconds while it has no media, is paused or open. */
        EVERY_MILLIS_WHILE_STOPPED,
        /** When it runs out of media, is paused or opened. */
        WHEN_STOPPED,
        /** When it can print again. */
        WHEN_WELL_AGAIN
    }

    /** Words at a moment that needs no number. */
    public static Saying at(Moment moment, String words) {
        return new Saying(moment, 0, words);
    }

    /** Words when it has read this many bytes of a connection. */
    public static Saying afterBytes(long bytes, String words) {
        return new Saying(Moment.AFTER_BYTES, bytes, words);
    }

    boolean isCyclic() {
        return moment == Moment.EVERY_MILLIS_WHILE_WELL || moment == Moment.EVERY_MILLIS_WHILE_STOPPED;
    }
}
