package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.Transition.Use;
import io.platen.printer.diagnosis.Diagnosis;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.Duration;

/** A fresh connection after a loss must stay open for a moment before anything is sent over it. */
final class HoldingPhase extends OpenPhase {
    /** How long a connection that has held waits for a document. */
    static final Duration KEPT_FOR = Duration.ofSeconds(5);

    private final AttemptRecord attempt;

    HoldingPhase(PhaseContext connection, OpenLine line, AttemptRecord attempt) {
        super(connection, line);
        this.attempt = attempt;
        line.start(Timer.HELD, connection.settings().holdTime());
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.HOLDING;
    }

    @Override
    Transition said(Words words) {
        return Transition.STAY;
    }

    @Override
    Transition onPeerFinished(PeerFinished finished) {
        // Some printers half-close at once and still read.
        attempt.peerFinished();
        return Transition.STAY;
    }

    @Override
    Transition onBroken(Broken broken) {
        connection.close(line);
        attempt.broken(broken.cause());
        var evidence = attempt.evidence(End.NOT_HELD, broken.cause(), null, connection.settings(), connection.now());
        return new Transition.Conclude(null, Diagnosis.judge(evidence), null);
    }

    /** The connection has held, so the printer is back. The connection is kept for the job that is about to come. */
    @Override
    Transition due(Timer timer) {
        if (timer != Timer.HELD) {
            return Transition.STAY;
        }
        connection.memory().regained();
        connection.log().info("{} can be reached again", connection.uri());
        connection.shown().open(line);
        line.start(Timer.IDLE, KEPT_FOR);
        connection.owner().accept(new Ready());
        return new Transition.Await(line, attempt.hasPeerFinished() ? Use.FRESH_AND_HALF_CLOSED : Use.FRESH);
    }
}
