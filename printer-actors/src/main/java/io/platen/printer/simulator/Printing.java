package io.platen.printer.simulator;

import java.time.Duration;

/**
 * When a simulated printer prints.
 *
 * @param perLabel how long one label takes; zero prints it as soon as it is read
 */
public record Printing(When when, Duration perLabel) {

    /** When a label may be printed. */
    public enum When {
        /** As soon as its {@code ^XZ} is read. */
        EACH_LABEL,
        /** When the sender has ended its side, so that a connection that breaks prints nothing. */
        AFTER_JOB,
        /** Never: every label is thrown away. */
        NEVER
    }

    public static final Printing AT_ONCE = new Printing(When.EACH_LABEL, Duration.ZERO);

    /** Each label takes this long, and status answers count those that are left. */
    public static Printing taking(Duration perLabel) {
        return new Printing(When.EACH_LABEL, perLabel);
    }
}
