package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.PrinterConnection.Deliver;

/** A document for a reused connection waits until the printer has shown that it still knows the connection. */
final class CheckingPhase extends OpenPhase {
    private final Deliver delivery;
    private final AttemptRecord attempt;
    private final ReuseCheck check;

    CheckingPhase(PhaseContext connection, OpenLine line, Deliver delivery) {
        super(connection, line);
        this.delivery = delivery;
        this.attempt = AttemptRecord.reusing(line, delivery.totalBytes(), connection.nanos());
        this.check = new ReuseCheck(line, connection.nowNanos());
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.CHECKING;
    }

    @Override
    Deliver delivery() {
        return delivery;
    }

    /** What the printer says now is about the previous job, and must not be taken for an answer to this document. */
    @Override
    Transition said(Words words) {
        return isLate(words) ? replacedAfter(words, delivery) : Transition.STAY;
    }

    @Override
    Transition onSampled(Sampled sampled) {
        return after(check.sampled(sampled.info(), connection.nowNanos()));
    }

    @Override
    Transition onPeerFinished(PeerFinished finished) {
        return after(ReuseCheck.Outcome.stale("the printer's FIN had come", null));
    }

    @Override
    Transition onBroken(Broken broken) {
        return after(ReuseCheck.Outcome.stale("the printer answered with an RST", broken.cause()));
    }

    @Override
    Transition due(Timer timer) {
        if (timer == Timer.SAMPLE) {
            line.sample();
        }
        return Transition.STAY;
    }

    private Transition after(ReuseCheck.Outcome outcome) {
        if (outcome.isAlive()) {
            return new Transition.Send(line, delivery, attempt, true);
        }
        if (outcome.why() == null) {
            return Transition.STAY;
        }
        connection.log().debug("The idle connection was stale ({}); opening a fresh one", outcome.why());
        connection.endedByPrinter(line);
        return replacedAfter(connection.late().ended(line, outcome.reset(), connection.nowNanos()), delivery);
    }

    @Override
    Transition cancel() {
        return notSent(delivery);
    }

    @Override
    Transition retire() {
        return notSent(delivery);
    }

    @Override
    Transition interrupt() {
        return notSent(delivery);
    }
}
