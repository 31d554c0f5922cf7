package io.platen.printer.connection;

import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.Transition.Purpose;

/** No connection is open, and a document can come. */
final class IdlePhase extends PhaseBehavior {
    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.IDLE;
    }

    @Override
    boolean isReady() {
        return true;
    }

    @Override
    Transition deliver(Deliver delivery) {
        return new Transition.Connect(Purpose.DELIVERY, delivery);
    }

    @Override
    Transition probe() {
        return new Transition.Connect(Purpose.PROBE, null);
    }
}
