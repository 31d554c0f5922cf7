package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.Transition.Use;
import io.platen.printer.diagnosis.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connection stays open until the next document, and is watched. */
final class WaitingPhase extends OpenPhase {
    private final Use use;

    WaitingPhase(PhaseContext connection, OpenLine line, Use use) {
        super(connection, line);
        this.use = use;
        line.awaitRest();
    }

    /** On a connection that stays open between documents. */
    static WaitingPhase afterAJob(PhaseContext connection, OpenLine line) {
        line.idles();
        line.start(Timer.IDLE, connection.settings().idleTimeout());
        return new WaitingPhase(connection, line, Use.CHECK);
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.WAITING;
    }

    @Override
    boolean isReady() {
        return true;
    }

    @Override
    Transition deliver(Deliver delivery) {
        return switch (use) {
            case FRESH -> new Transition.Send(line, delivery, fresh(delivery), false);
            case FRESH_AND_HALF_CLOSED -> {
                var attempt = fresh(delivery);
                attempt.peerFinished();
                yield new Transition.Send(line, delivery, attempt, false);
            }
            case CHECK -> check(delivery);
            case REPLACE -> replaced(delivery);
        };
    }

    private AttemptRecord fresh(Deliver delivery) {
        return AttemptRecord.on(line, delivery.totalBytes(), connection.nanos());
    }

    private Transition check(Deliver delivery) {
        if (!isStillThePrintersAddress()) {
            connection
                    .log()
                    .get()
                    .info(
                            "{} has another address now: connecting afresh",
                            connection.settings().address().uri());
            return replaced(delivery);
        }
        // What the printer had begun to say is about the job before, and must not be taken for an answer to this one.
        Words begun = connection.heard(line, line.rest());
        return isLate(begun) ? replacedAfter(begun, delivery) : new Transition.Check(line, delivery);
    }

    /** A name may have moved to another machine; a busy connection would go on printing on the old one. */
    private boolean isStillThePrintersAddress() {
        String host = connection.settings().address().host();
        return line.remote()
                .map(remote -> connection.services().names().stillHas(host, remote.getAddress()))
                .orElse(true);
    }

    @Override
    Transition probe() {
        return new Transition.Probe(line);
    }

    /**
     * Words of status, of an event or an acknowledgement change nothing. Unknown ones must not be taken for an answer to
     * the next document: it gets another connection. This one is still listened to, as more words or an RST may follow.
     */
    @Override
    Transition said(Words words) {
        if (!isLate(words)) {
            return Transition.STAY;
        }
        List<Reopened> reopened = connection.judgedAgain(line, words, connection.nowNanos());
        if (connection.isLossAfter(reopened)) {
            return lost();
        }
        return reopened.isEmpty() ? new Transition.Await(line, Use.REPLACE) : closed();
    }

    @Override
    public Transition onPeerFinished(PeerFinished finished) {
        connection.endedByPrinter(line);
        return closed();
    }

    @Override
    public Transition onBroken(Broken broken) {
        return resetBy(broken.cause(), connection.nowNanos());
    }

    /** A late sample may have taken the error of an RST: nothing else will tell of it. */
    @Override
    public Transition onSampled(Sampled sampled) {
        Errno pending = ConnectionEvent.pendingError(sampled.info());
        return pending == null ? Transition.STAY : resetBy(pending.exception(), sampled.askedAtNanos());
    }

    private Transition resetBy(@Nullable Throwable cause, long atNanos) {
        return connection.isLossAfter(connection.late().ended(line, cause, atNanos)) ? lost() : closed();
    }

    @Override
    Transition due(Timer timer) {
        return timer == Timer.IDLE ? closed() : Transition.STAY;
    }

    private Transition lost() {
        connection.close(line);
        return new Transition.Lost(null, "judgement reopened");
    }
}
