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

/** Keeps the connection open until the next document comes, and watches it. */
final class WaitingPhase extends OpenPhase {
    private final Use use;

    WaitingPhase(PhaseContext connection, OpenLine line, Use use) {
        super(connection, line);
        this.use = use;
        line.awaitRest();
    }

    /** Waits after a document, on a connection that stays open between documents. */
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
            connection.log().info("{} has another address now; opening a fresh connection", connection.uri());
            return replaced(delivery);
        }
        // What the printer has begun to say is about the previous job, and must not be taken for an answer to this
        // document.
        Words begun = connection.heard(line, line.rest());
        return isLate(begun) ? replacedAfter(begun, delivery) : new Transition.Check(line, delivery);
    }

    /** A name may have moved to another machine; a connection that stays open would go on printing on the old one. */
    private boolean isStillThePrintersAddress() {
        String host = connection.settings().address().host();
        return line.remote()
                .map(remote -> connection.services().names().stillHas(host, remote.getAddress()))
                .orElse(true);
    }

    @Override
    Transition probe() {
        return new Transition.StartProbe(line);
    }

    /**
     * A status, an event or an acknowledgement changes nothing. Unknown words must not be taken for an answer to the next
     * document, which therefore gets another connection. This connection is still read, as more words or an RST may follow.
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
    Transition onPeerFinished(PeerFinished finished) {
        connection.endedByPrinter(line);
        return closed();
    }

    @Override
    Transition onBroken(Broken broken) {
        return resetBy(broken.cause(), connection.nowNanos());
    }

    /** A late sample may have taken the error of an RST from the socket; no other event will report that RST. */
    @Override
    Transition onSampled(Sampled sampled) {
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
