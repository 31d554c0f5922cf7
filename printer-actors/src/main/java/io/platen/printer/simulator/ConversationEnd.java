package io.platen.printer.simulator;

import java.time.Duration;

/**
 * How a simulated printer ends a connection.
 *
 * @param number the bytes or milliseconds that the kind needs; 0 when it needs none
 * @param words what the printer says right before it rejects a job; else empty
 */
public record ConversationEnd(Kind kind, long number, String words) {

    public enum Kind {
        /** Sends its FIN when it has read the sender's, as healthy printers do. */
        FIN_AFTER_FIN,
        /** Sends its FIN when it has read the sender's and every label of the connection is printed. */
        FIN_WHEN_PRINTED,
        /** Sends its FIN at accept, and reads on up to the sender's FIN. */
        FIN_FIRST,
        /** Reads everything, and sends an RST {@code number} milliseconds after the sender's FIN. */
        RESET_AFTER_JOB,
        /** Sends an RST {@code number} milliseconds after the last label, whether the sender has ended or not. */
        RESET_AFTER_LABEL,
        /** Closes {@code number} milliseconds after the last label, whether the sender has ended or not. */
        CLOSE_AFTER_LABEL,
        /** Sends an RST at accept. */
        RESET_AT_ACCEPT,
        /** Sends an RST after {@code number} bytes. */
        RESET_AFTER_BYTES,
        /** Closes after {@code number} bytes although more are to come. */
        CLOSE_AFTER_BYTES,
        /** After {@code number} bytes, writes an error and closes with data unread, which the kernel turns into an RST. */
        REJECT_AFTER_BYTES,
        /** As {@link #REJECT_AFTER_BYTES}, but sends its FIN first, as programs do that shut down before they close. */
        REJECT_AFTER_BYTES_WITH_FIN,
        /** Accepts, and never reads. */
        NEVER_READS,
        /** Reads everything, and never closes its end. */
        NEVER_CLOSES
    }

    /** As healthy printers end it. */
    public static final ConversationEnd IN_ORDER = of(Kind.FIN_AFTER_FIN);

    /** An ending that needs no number. */
    public static ConversationEnd of(Kind kind) {
        return new ConversationEnd(kind, 0, "");
    }

    /** An ending after this many bytes of a connection. */
    public static ConversationEnd afterBytes(Kind kind, long bytes) {
        return new ConversationEnd(kind, bytes, "");
    }

    /** An ending this long after the last label or the job. */
    public static ConversationEnd after(Kind kind, Duration delay) {
        return new ConversationEnd(kind, delay.toMillis(), "");
    }

    /** Writes an error after this many bytes, and closes with data unread. */
    public static ConversationEnd rejecting(long afterBytes, String words) {
        return new ConversationEnd(Kind.REJECT_AFTER_BYTES, afterBytes, words);
    }

    /** Whether the number counts bytes. */
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

    /** Whether the socket stays open while the printer serves the next connection. */
    boolean leavesOpen() {
        return kind == Kind.NEVER_READS || kind == Kind.NEVER_CLOSES;
    }
}
