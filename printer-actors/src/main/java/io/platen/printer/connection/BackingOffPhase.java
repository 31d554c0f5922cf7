package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.Transition.Purpose;

/** The pause after a loss. After it, a connection must hold before the owner is asked for a document. */
final class BackingOffPhase extends PhaseBehavior {
    private final int number;

    /** The phase ends with the timer of this number, which is the number of the next connection. */
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
    Transition onDue(Due due) {
        return due.timer() == Timer.BACKOFF ? new Transition.Connect(Purpose.RETURN, null) : Transition.STAY;
    }
}
