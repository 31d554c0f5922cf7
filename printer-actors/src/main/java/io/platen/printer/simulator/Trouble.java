package io.platen.printer.simulator;

import java.time.Duration;

/**
 * Something that stops a simulated printer at a certain moment.
 *
 * @param afterLabels it begins when this many labels are printed; 0 is from the start
 */
public record Trouble(Kind kind, long afterLabels, Duration lasts) {

    public enum Kind {
        MEDIA_OUT,
        PAUSED,
        COVER_OPEN
    }
}
