package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Replied;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.Transition.Purpose;
import io.platen.printer.language.Frame;
import java.util.List;

/** A phase with an open connection. It sorts what the printer says, notes its status, and gives its words to {@link #said}. */
abstract class OpenPhase extends PhaseBehavior {
    final PhaseContext connection;
    final OpenLine line;

    OpenPhase(PhaseContext connection, OpenLine line) {
        this.connection = connection;
        this.line = line;
    }

    /** The printer said something in whole frames. */
    abstract Transition said(Words words);

    /** A timer other than {@link Timer#REPLY_PAUSE} is due. */
    Transition due(Timer timer) {
        return Transition.STAY;
    }

    @Override
    final int number() {
        return line.number();
    }

    @Override
    final Transition onReplied(Replied replied) {
        return said(connection.heard(line, line.heard(replied.bytes())));
    }

    @Override
    final Transition onDue(Due due) {
        return due.timer() == Timer.REPLY_PAUSE ? said(connection.heard(line, line.rest())) : due(due.timer());
    }

    @Override
    Transition interrupt() {
        return closed();
    }

    @Override
    void drop() {
        connection.close(line);
    }

    /** Closes the connection, with nothing under way. */
    final Transition closed() {
        connection.close(line);
        return Transition.REST;
    }

    /** Closes the connection, and gives the unsent document back to its queue. */
    final Transition notSent(Deliver delivery) {
        connection.close(line);
        return new Transition.Conclude(delivery, delivery.unsent(), null);
    }

    /** Closes the connection and opens a fresh one for the document. */
    final Transition replaced(Deliver delivery) {
        connection.close(line);
        return new Transition.Connect(Purpose.DELIVERY, delivery);
    }

    /** These words are about the previous job: the document gets another connection, or goes back if this one is lost. */
    final Transition replacedAfter(Words words, Deliver delivery) {
        return replacedAfter(connection.judgedAgain(line, words, connection.nowNanos()), delivery);
    }

    final Transition replacedAfter(List<Reopened> reopened, Deliver delivery) {
        boolean isLost = connection.isLossAfter(reopened);
        connection.close(line);
        return isLost ? new Transition.GiveBack(delivery) : new Transition.Connect(Purpose.DELIVERY, delivery);
    }

    /** Whether words may be about the previous job. A status, an event or an acknowledgement is not. */
    static boolean isLate(Words words) {
        return words.any(Frame.Kind.REFUSAL) || words.any(Frame.Kind.UNKNOWN);
    }
}
