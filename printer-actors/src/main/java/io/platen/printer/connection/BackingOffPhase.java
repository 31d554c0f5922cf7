package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.Transition.Purpose;

/** The pause after a loss. Then a connection must hold before a document is asked for. */
final class BackingOffPhase extends PhaseBehavior {
    private final int number;

    /** Ends with the timer of the connection of this number, which is still to come. */
    BackingOffPhase(int number) {
        this.number = number;
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.BACKING_OFF;
    }

    @Override
    int number() {
        return number;
    }

    @Override
    public Transition onDue(Due due) {
        return due.timer() == Timer.BACKOFF ? new Transition.Connect(Purpose.RETURN, null) : Transition.STAY;
    }
}
