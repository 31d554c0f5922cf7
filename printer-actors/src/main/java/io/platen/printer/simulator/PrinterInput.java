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
public record PrinterInput(long bytesPerSecond, long pauseEveryBytes, Duration pause, long bytesWhileStopped) {

    /** Without limit, and nothing while the printer is stopped. */
    public static final PrinterInput FAST = new PrinterInput(0, 0, Duration.ZERO, 0);

    public PrinterInput atBytesPerSecond(long speed) {
        return new PrinterInput(speed, pauseEveryBytes, pause, bytesWhileStopped);
    }

    public PrinterInput pausing(long everyBytes, Duration forTime) {
        return new PrinterInput(bytesPerSecond, everyBytes, forTime, bytesWhileStopped);
    }

    public PrinterInput bufferingWhileStopped(long bytes) {
        return new PrinterInput(bytesPerSecond, pauseEveryBytes, pause, bytes);
    }
}
