package io.platen.printer.simulator;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a simulated printer behaves. The methods return changed copies.
 *
 * @param says what it says unasked
 * @param troubles what stops it at certain moments
 * @param pauseNeeded the least time between two connections: a connection that comes sooner is accepted and read, but its
 *     labels are not printed; zero is none
 * @param connections on how many connections it behaves like this, from the first one on; then it is healthy
 * @param lasts for how long it behaves like this, from its start on; then it is healthy
 */
public record Conduct(
        PrinterInput reading,
        Printing printing,
        List<Saying> says,
        PrinterAnswers answers,
        ConversationEnd ending,
        List<Trouble> troubles,
        Duration pauseNeeded,
        int connections,
        Duration lasts) {

    public static final int ALWAYS = Integer.MAX_VALUE;

    public static final Duration FOR_EVER = Duration.ofDays(36_500);

    public static final Conduct HEALTHY = new Conduct(
            PrinterInput.FAST,
            Printing.AT_ONCE,
            List.of(),
            PrinterAnswers.NORMAL,
            ConversationEnd.IN_ORDER,
            List.of(),
            Duration.ZERO,
            ALWAYS,
            FOR_EVER);

    public Conduct {
        says = List.copyOf(says);
        troubles = List.copyOf(troubles);
    }

    public Conduct reading(PrinterInput how) {
        return new Conduct(how, printing, says, answers, ending, troubles, pauseNeeded, connections, lasts);
    }

    public Conduct printing(Printing how) {
        return new Conduct(reading, how, says, answers, ending, troubles, pauseNeeded, connections, lasts);
    }

    public Conduct saying(Saying also) {
        var all = Stream.concat(says.stream(), Stream.of(also)).toList();
        return new Conduct(reading, printing, all, answers, ending, troubles, pauseNeeded, connections, lasts);
    }

    public Conduct answering(PrinterAnswers how) {
        return new Conduct(reading, printing, says, how, ending, troubles, pauseNeeded, connections, lasts);
    }

    public Conduct ending(ConversationEnd how) {
        return new Conduct(reading, printing, says, answers, how, troubles, pauseNeeded, connections, lasts);
    }

    public Conduct troubledBy(Trouble also) {
        var all = Stream.concat(troubles.stream(), Stream.of(also)).toList();
        return new Conduct(reading, printing, says, answers, ending, all, pauseNeeded, connections, lasts);
    }

    public Conduct needingPause(Duration atLeast) {
        return new Conduct(reading, printing, says, answers, ending, troubles, atLeast, connections, lasts);
    }

    public Conduct onFirst(int newConnections) {
        return new Conduct(reading, printing, says, answers, ending, troubles, pauseNeeded, newConnections, lasts);
    }

    public Conduct lasting(Duration time) {
        return new Conduct(reading, printing, says, answers, ending, troubles, pauseNeeded, connections, time);
    }

    /** The behaviour on this connection, at this time after the start. A printer that is healthy again is still as slow. */
    Conduct on(int connection, Duration sinceStart) {
        return connection <= connections && sinceStart.compareTo(lasts) < 0
                ? this
                : HEALTHY.reading(reading).printing(Printing.taking(printing.perLabel()));
    }
}
