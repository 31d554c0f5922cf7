package io.platen.printer.simulator;

/**
 * One way to misbehave: the short form of a {@link Conduct} that is healthy but for the end of its connections.
 *
 * @param afterBytes after how many bytes of a connection
 * @param times on how many connections, from the first one on; then the printer is healthy
 * @param reply what the printer says first (only the rejecting kinds)
 */
public record Fault(Kind kind, long afterBytes, int times, String reply) {

    public enum Kind {
        NONE,
        /** Sends an RST (SO_LINGER 0). */
        RESET,
        /** Writes an error line and closes with data unread, which the kernel turns into an RST. */
        REJECT,
        /** As {@link #REJECT}, but sends its FIN first, as programs do that shut down before they close. */
        REJECT_AFTER_FIN,
        /** Closes although more bytes are to come. */
        CLOSE_EARLY,
        /** Accepts, and never reads. */
        NEVER_READ,
        /** Reads everything, and never closes its end. */
        NEVER_CLOSE
    }

    public static final int ALWAYS = Integer.MAX_VALUE;

    public static Fault none() {
        return new Fault(Kind.NONE, 0, 0, "");
    }

    public static Fault reset(long afterBytes, int times) {
        return new Fault(Kind.RESET, afterBytes, times, "");
    }

    public static Fault reject(long afterBytes, String reply) {
        return new Fault(Kind.REJECT, afterBytes, ALWAYS, reply);
    }

    /** A fault on every connection. */
    public static Fault always(Kind kind, long afterBytes) {
        return new Fault(kind, afterBytes, ALWAYS, "");
    }

    /** The given conduct with this fault. */
    Conduct of(Conduct healthy) {
        return healthy.ending(new ConversationEnd(
                        switch (kind) {
                            case NONE -> ConversationEnd.Kind.FIN_AFTER_FIN;
                            case RESET -> ConversationEnd.Kind.RESET_AFTER_BYTES;
                            case REJECT -> ConversationEnd.Kind.REJECT_AFTER_BYTES;
                            case REJECT_AFTER_FIN -> ConversationEnd.Kind.REJECT_AFTER_BYTES_WITH_FIN;
                            case CLOSE_EARLY -> ConversationEnd.Kind.CLOSE_AFTER_BYTES;
                            case NEVER_READ -> ConversationEnd.Kind.NEVER_READS;
                            case NEVER_CLOSE -> ConversationEnd.Kind.NEVER_CLOSES;
                        },
                        afterBytes,
                        reply))
                .onFirst(times);
    }
}
