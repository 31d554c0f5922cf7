package io.platen.printer.simulator;

import java.time.Duration;

/**
 * How a simulated printer ends a connection.
 *
 * @param number the bytes or milliseconds of the kind; 0 where it needs none
 * @param words what it says right before it rejects a job; else empty
 */
public record Ending(Kind kind, long number, String words) {

    /** The ways to end it. */
    public enum Kind {
        /** Sends its FIN when it has read its sender's: a printer that is well. */
        FIN_AFTER_FIN,
        /** Sends its FIN when it has read its sender's and every label of the connection has come out. */
        FIN_WHEN_PRINTED,
        /** Sends its FIN at accept, and reads on to its sender's. */
        FIN_FIRST,
        /** Reads everything, and sends an RST so many milliseconds after its sender's FIN. */
        RESET_AFTER_JOB,
        /** Sends an RST so many milliseconds after the last label, whether its sender has ended or not. */
        RESET_AFTER_LABEL,
        /** Closes so many milliseconds after the last label, whether its sender has ended or not. */
        CLOSE_AFTER_LABEL,
        /** Sends an RST at accept. */
        RESET_AT_ACCEPT,
        /** Sends an RST after so many bytes. */
        RESET_AFTER_BYTES,
        /** Closes after so many bytes although there is more to come. */
        CLOSE_AFTER_BYTES,
        /** After so many bytes, writes an error and closes with data unread, which a kernel turns into an RST. */
        REJECT_AFTER_BYTES,
        /** The same, but sends its FIN first, as programs do that shut down before they close. */
        REJECT_AFTER_BYTES_WITH_FIN,
        /** Accepts, and never reads. */
        NEVER_READS,
        /** Reads everything, and never closes its end. */
        NEVER_CLOSES
    }

    /** A printer that is well. */
    public static final Ending IN_ORDER = of(Kind.FIN_AFTER_FIN);

    /** An end that needs no number. */
    public static Ending of(Kind kind) {
        return new Ending(kind, 0, "");
    }

    /** An end after so many bytes of a connection. */
    public static Ending afterBytes(Kind kind, long bytes) {
        return new Ending(kind, bytes, "");
    }

    /** An end so long after the last label, or after the job. */
    public static Ending after(Kind kind, Duration delay) {
        return new Ending(kind, delay.toMillis(), "");
    }

    /** Answers with an error after so many bytes, and closes with data unread. */
    public static Ending rejecting(long afterBytes, String words) {
        return new Ending(Kind.REJECT_AFTER_BYTES, afterBytes, words);
    }

    /** Whether its number is bytes of a connection. */
    boolean countsBytes() {
        return switch (kind) {
            case RESET_AFTER_BYTES, CLOSE_AFTER_BYTES, REJECT_AFTER_BYTES, REJECT_AFTER_BYTES_WITH_FIN -> true;
            case FIN_AFTER_FIN,
                    FIN_WHEN_PRINTED,
                    FIN_FIRST,
                    RESET_AFTER_JOB,
                    RESET_AFTER_LABEL,
                    CLOSE_AFTER_LABEL,
                    RESET_AT_ACCEPT,
                    NEVER_READS,
                    NEVER_CLOSES -> false;
        };
    }

    /** Whether the socket stays open when the printer turns to the next connection. */
    boolean leavesOpen() {
        return kind == Kind.NEVER_READS || kind == Kind.NEVER_CLOSES;
    }
}
