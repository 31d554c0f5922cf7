package io.platen.printer.simulator;

import java.time.Duration;

/**
 * How a simulated printer reads. The methods return changed copies.
 *
 * @param bytesPerSecond how fast; 0 is without limit
 * @param pauseEveryBytes it pauses each time it has read this many bytes; 0 is never
 * @param pause how long it pauses
 * @param bytesWhileStopped how many bytes of a connection it still reads into its buffer while it has no media, is paused or
 *     open; 0 stops reading at once
 */
public record Reading(long bytesPerSecond, long pauseEveryBytes, Duration pause, long bytesWhileStopped) {

    /** Without limit, and nothing while the printer is stopped. */
    public static final Reading FAST = new Reading(0, 0, Duration.ZERO, 0);

    public Reading atBytesPerSecond(long speed) {
        return new Reading(speed, pauseEveryBytes, pause, bytesWhileStopped);
    }

    public Reading pausing(long everyBytes, Duration forTime) {
        return new Reading(bytesPerSecond, everyBytes, forTime, bytesWhileStopped);
    }

    public Reading bufferingWhileStopped(long bytes) {
        return new Reading(bytesPerSecond, pauseEveryBytes, pause, bytes);
    }
}
