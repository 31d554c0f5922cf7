package io.platen.printer.simulator;

import java.time.Duration;

/**
 * Something that stops a simulated printer by itself.
 *
 * @param afterLabels when so many labels have come out; 0 is from the start
 * @param lasts for how long
 */
public record Trouble(Kind kind, long afterLabels, Duration lasts) {

    /** What stops it. */
    public enum Kind {
        MEDIA_OUT,
        PAUSED,
        COVER_OPEN
    }
}
