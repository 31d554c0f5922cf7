package io.platen.printer.simulator;

import java.time.Duration;

/**
 * How a simulated printer reads.
 *
 * @param bytesPerSecond how fast; 0 is as fast as it can
 * @param pauseEveryBytes after how many bytes it pauses, again and again; 0 is never
 * @param pause for how long it pauses
 * @param bytesWhileStopped how much of a connection it still reads into its buffer while it has no media, is
 *     paused or open; 0 stops reading at once
 */
public record Reading(long bytesPerSecond, long pauseEveryBytes, Duration pause, long bytesWhileStopped) {

    /** As fast as it can, and nothing while it is stopped. */
    public static final Reading FAST = new Reading(0, 0, Duration.ZERO, 0);

    /** The same, at this speed. */
    public Reading atBytesPerSecond(long speed) {
        return new Reading(speed, pauseEveryBytes, pause, bytesWhileStopped);
    }

    /** The same, with a pause after every so many bytes. */
    public Reading pausing(long everyBytes, Duration forTime) {
        return new Reading(bytesPerSecond, everyBytes, forTime, bytesWhileStopped);
    }

    /** The same, with a buffer for what comes while it is stopped. */
    public Reading bufferingWhileStopped(long bytes) {
        return new Reading(bytesPerSecond, pauseEveryBytes, pause, bytes);
    }
}
