package io.platen.printer.simulator;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a simulated printer behaves.
 *
 * @param says what it says unasked
 * @param troubles what stops it, by itself
 * @param pauseNeeded the least time between two connections: one that comes sooner after the last one's end is
 *     accepted, read and swallowed without printing; zero is none
 * @param connections on how many connections it behaves so, from the first one on; then it is well
 * @param lasts for how long it behaves so, from its start on; then it is well
 */
public record Conduct(
        Reading reading,
        Printing printing,
        List<Saying> says,
        Answers answers,
        Ending ending,
        List<Trouble> troubles,
        Duration pauseNeeded,
        int connections,
        Duration lasts) {

    /** On every connection. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** For ever. */
    public static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** A printer that is well. */
    public static final Conduct HEALTHY = new Conduct(
            Reading.FAST,
            Printing.AT_ONCE,
            List.of(),
            Answers.NORMAL,
            Ending.IN_ORDER,
            List.of(),
            Duration.ZERO,
            ALWAYS,
            FOR_EVER);

    public Conduct {
        says = List.copyOf(says);
        troubles = List.copyOf(troubles);
    }

    /** The same, reading so. */
    public Conduct reading(Reading how) {
        return new Conduct(how, printing, says, answers, ending, troubles, pauseNeeded, connections, lasts);
    }

    /** The same, printing so. */
    public Conduct printing(Printing how) {
        return new Conduct(reading, how, says, answers, ending, troubles, pauseNeeded, connections, lasts);
    }

    /** The same, also saying this. */
    public Conduct saying(Saying also) {
        var all = Stream.concat(says.stream(), Stream.of(also)).toList();
        return new Conduct(reading, printing, all, answers, ending, troubles, pauseNeeded, connections, lasts);
    }

    /** The same, answering so. */
    public Conduct answering(Answers how) {
        return new Conduct(reading, printing, says, how, ending, troubles, pauseNeeded, connections, lasts);
    }

    /** The same, ending its connections so. */
    public Conduct ending(Ending how) {
        return new Conduct(reading, printing, says, answers, how, troubles, pauseNeeded, connections, lasts);
    }

    /** The same, also stopped by this. */
    public Conduct troubledBy(Trouble also) {
        var all = Stream.concat(troubles.stream(), Stream.of(also)).toList();
        return new Conduct(reading, printing, says, answers, ending, all, pauseNeeded, connections, lasts);
    }

    /** The same, swallowing connections that come sooner than this after the last one's end. */
    public Conduct needingPause(Duration atLeast) {
        return new Conduct(reading, printing, says, answers, ending, troubles, atLeast, connections, lasts);
    }

    /** The same, on the first so many connections only. */
    public Conduct onFirst(int newConnections) {
        return new Conduct(reading, printing, says, answers, ending, troubles, pauseNeeded, newConnections, lasts);
    }

    /** The same, for this time only. */
    public Conduct lasting(Duration time) {
        return new Conduct(reading, printing, says, answers, ending, troubles, pauseNeeded, connections, time);
    }

    /** How it behaves on this connection, so long after its start. When it is well again it is still as slow. */
    Conduct on(int connection, Duration sinceStart) {
        return connection <= connections && sinceStart.compareTo(lasts) < 0
                ? this
                : HEALTHY.reading(reading).printing(Printing.taking(printing.perLabel()));
    }
}
