package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.WriteFailed;

/** Asks the printer for its status, without a document. */
final class ProbingPhase extends OpenPhase {
    private final StatusProbe probe;
    private final boolean isOver;

    ProbingPhase(PhaseContext connection, OpenLine line) {
        super(connection, line);
        this.probe = new StatusProbe(line, connection.settings().language().statusQueries());
        this.isOver = probe.ask() == StatusProbe.Outcome.SILENT;
    }

    /** Whether the printer's language has no status query. Then all that can be known is that the connection stands. */
    boolean isOver() {
        return isOver;
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.PROBING;
    }

    @Override
    Transition said(Words words) {
        return after(probe.said(words));
    }

    @Override
    Transition onBroken(Broken broken) {
        return after(StatusProbe.Outcome.LOST);
    }

    @Override
    Transition onWriteFailed(WriteFailed failed) {
        return after(StatusProbe.Outcome.LOST);
    }

    @Override
    Transition due(Timer timer) {
        return timer == Timer.STATUS_REPLY ? after(probe.ask()) : Transition.STAY;
    }

    private Transition after(StatusProbe.Outcome outcome) {
        if (outcome != StatusProbe.Outcome.WAITING) {
            connection.close(line);
        }
        return switch (outcome) {
            case WAITING -> Transition.STAY;
            case WELL -> new Transition.EndProbe(true, null);
            case SILENT -> new Transition.EndProbe(false, null);
            case UNWELL -> new Transition.Lost(null, "it says that it cannot print");
            case LOST -> new Transition.Lost(null, "reset");
        };
    }
}
