package io.platen.printer.simulator;

/**
 * Something that a simulated printer says without being asked.
 *
 * @param moment when it says so
 * @param number the bytes or milliseconds of the moment; 0 where it needs none
 * @param words what it says, a character (ISO 8859-1) for each byte
 */
public record Saying(Moment moment, long number, String words) {

    /** When a printer speaks. */
    public enum Moment {
        AT_ACCEPT,
        /** When it has read so many bytes of a connection. */
        AFTER_BYTES,
        /** After each label that came out. */
        AFTER_LABEL,
        /** When it has read its sender's FIN, before it ends its own side. */
        AFTER_JOB,
        /** Every so many milliseconds while it can print. */
        EVERY_MILLIS_WHILE_WELL,
        /** Every so many milliseconds while it has no media, is paused or open. */
        EVERY_MILLIS_WHILE_STOPPED,
        /** When it runs out of media, is paused or opened. */
        WHEN_STOPPED,
        /** When it can print again. */
        WHEN_WELL_AGAIN
    }

    /** Says so at a moment that needs no number. */
    public static Saying at(Moment moment, String words) {
        return new Saying(moment, 0, words);
    }

    /** Says so when it has read so many bytes of a connection. */
    public static Saying afterBytes(long bytes, String words) {
        return new Saying(Moment.AFTER_BYTES, bytes, words);
    }

    boolean isCyclic() {
        return moment == Moment.EVERY_MILLIS_WHILE_WELL || moment == Moment.EVERY_MILLIS_WHILE_STOPPED;
    }
}
