package io.platen.bench.load;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How jobs are submitted.
 *
 * @param connections how many clients, each with one connection that is kept
 * @param time for how long
 * @param perSecond jobs a second (open loop: latency counts from the moment at which a job was due), or 0: each client
 *     submits its next job when the one before is answered (closed loop)
 * @param room how many more jobs may be submitted now; a closed loop that also waits for the printers
 */
public record Pace(int connections, Duration time, double perSecond, LongSupplier room) {

    public static Pace closed(int connections, Duration time) {
        return new Pace(connections, time, 0, () -> Long.MAX_VALUE);
    }

    public static Pace open(int connections, Duration time, double perSecond) {
        return new Pace(connections, time, perSecond, () -> Long.MAX_VALUE);
    }

    /** Closed, and never with more unprinted jobs than the supplier leaves room for. */
    public Pace within(LongSupplier newRoom) {
        return new Pace(connections, time, perSecond, newRoom);
    }

    boolean isOpen() {
        return perSecond > 0;
    }
}
