package io.platen.printer.connection;

import io.platen.printer.ConnectionPolicy;
import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Closed;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.WriteFailed;
import io.platen.printer.connection.ConnectionEvent.Written;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.SessionStep.Over;
import io.platen.printer.connection.SessionStep.Progressed;
import io.platen.printer.connection.SessionStep.SaidOfTheJobBefore;
import io.platen.printer.connection.SessionStep.Stalled;
import io.platen.printer.connection.SessionStep.Unanswered;
import io.platen.printer.connection.Transition.Purpose;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.Diagnosis;
import io.platen.printer.diagnosis.Evidence;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.Duration;
import java.util.List;

/** Runs the {@link DeliverySession} of one document, and decides what its end means for the connection. */
final class DeliveringPhase extends OpenPhase implements SessionStep.Handler<Transition> {
    private final Deliver delivery;
    private final AttemptRecord attempt;
    private final boolean reused;
    private final DeliverySession session;
    private boolean over;

    DeliveringPhase(PhaseContext connection, Transition.Send wanted) {
        super(connection, wanted.line());
        this.attempt = wanted.attempt();
        this.reused = wanted.reused();
        boolean isAfterPart = !reused && connection.memory().mayHoldPart();
        this.delivery = isAfterPart ? wanted.delivery().afterPart() : wanted.delivery();
        var brief = delivery.brief();
        var settings = connection.settings();
        Duration patience = settings.closePatience(brief.manners());
        attempt.expects(brief.manners(), patience);
        // A job that leaves an unfinished format, and a printer that resets after each job, need a connection per job.
        boolean isAlone = brief.leavesPartialFormat() || brief.manners().alwaysResets();
        this.session = new DeliverySession(
                line,
                delivery,
                attempt,
                settings,
                isAlone ? ConnectionPolicy.PER_JOB : settings.policy(),
                patience,
                connection.memory().answersStatus(),
                connection.services().clock(),
                connection.nanos());
        connection.shown().attemptBegins();
        line.awaitRest();
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.DELIVERING;
    }

    @Override
    Deliver delivery() {
        return delivery;
    }

    @Override
    Transition said(Words words) {
        return take(session.said(words));
    }

    @Override
    Transition onSampled(Sampled sampled) {
        return take(session.sampled(sampled));
    }

    @Override
    Transition onWritten(Written written) {
        return take(session.written(written));
    }

    @Override
    Transition onWriteFailed(WriteFailed failed) {
        return take(session.writeFailed(failed.cause()));
    }

    @Override
    Transition onPeerFinished(PeerFinished finished) {
        return take(session.peerFinished());
    }

    @Override
    Transition onBroken(Broken broken) {
        return take(session.broken(broken.cause()));
    }

    @Override
    Transition onClosed(Closed closed) {
        Transition said = said(connection.heard(line, line.rest()));
        Transition over = take(session.closed(closed));
        return over.equals(Transition.STAY) ? said : over;
    }

    @Override
    Transition due(Timer timer) {
        return take(session.due(timer));
    }

    @Override
    Transition cancel() {
        return take(session.cancel());
    }

    @Override
    Transition retire() {
        return take(session.retire());
    }

    @Override
    Transition interrupt() {
        return take(session.interrupt());
    }

    @Override
    void drop() {
        if (over) {
            super.drop();
        } else {
            connection.memory().connectionEnded(connection.nowNanos());
            line.abort();
        }
    }

    /** Takes the session's steps in their order. Only the last one, the session's end, leads to another phase. */
    private Transition take(List<SessionStep> steps) {
        Transition next = Transition.STAY;
        for (SessionStep step : steps) {
            next = step.to(this);
        }
        return next;
    }

    @Override
    public Transition onSaidOfTheJobBefore(SaidOfTheJobBefore said) {
        // The result is not needed: if the connection is lost, the session ends and says so.
        connection.isLossAfter(connection.judgedAgain(line, said.words(), said.atNanos()));
        return Transition.STAY;
    }

    @Override
    public Transition onStalled(Stalled step) {
        connection.shown().stalled(step.stalled());
        return Transition.STAY;
    }

    @Override
    public Transition onUnanswered(Unanswered step) {
        connection.shown().unanswered(step.unanswered());
        return Transition.STAY;
    }

    @Override
    public Transition onProgressed(Progressed step) {
        connection.shown().progressed(delivery.attempt(), step.bytes());
        return Transition.STAY;
    }

    // The end ---------------------------------------------------------------------------------------

    @Override
    public Transition onOver(Over end) {
        over = true;
        Evidence evidence = end.evidence();
        ConnectionMemory memory = connection.memory();
        if (!end.keptOpen()) {
            memory.connectionEnded(connection.nowNanos());
        }
        boolean isAcknowledged =
                evidence.bytes().acknowledged() != null && evidence.bytes().anyTaken();
        if (isAcknowledged || evidence.lastWords() != null) {
            connection.shown().contact();
        }
        if (end.canceled()) {
            return ended(new Canceled(evidence.bytes()), end);
        }
        noteUnanswered(evidence);
        if (!reused && evidence.bytes().anySent()) {
            // The bytes that cancel an unfinished format were sent before this document.
            memory.mayHoldPart(false);
        }
        boolean isOwnEnd = evidence.lastWords() != null || attempt.hasPeerFinished();
        boolean isLost = evidence.end() == End.RESET
                && !isOwnEnd
                && connection.isLossAfter(connection.late().ended(line, evidence.error(), attempt.brokenAtNanos()));
        if (reused && isStale(evidence)) {
            return onStale(evidence, isLost);
        }
        DeliveryResult result = Diagnosis.judge(evidence);
        boolean isDelivered = result instanceof Delivered;
        if (end.keptOpen() && isDelivered) {
            connection.late().judged(delivery, attempt, line, connection.nowNanos());
        } else {
            connection.late().forget();
        }
        boolean isUnexpectedFin =
                evidence.end() == End.PEER_FIN && connection.settings().policy() == ConnectionPolicy.KEEP_OPEN;
        if (isUnexpectedFin && isDelivered && delivery.brief().hasFormats()) {
            memory.mayHoldPart(true);
        }
        return ended(result, end);
    }

    private Transition ended(DeliveryResult result, Over end) {
        return new Transition.Conclude(delivery, result, end.keptOpen() ? line : null);
    }

    private void noteUnanswered(Evidence evidence) {
        if (evidence.unanswered() && connection.memory().leftUnanswered()) {
            connection
                    .log()
                    .warn(
                            "{} has never answered a status query: it cannot report labels as printed; set confirm to acknowledged or closed",
                            connection.uri());
        }
    }

    private Transition onStale(Evidence evidence, boolean isLost) {
        connection.log().debug("The idle connection was stale; opening a fresh one");
        connection.endedByPrinter(line);
        if (evidence.bytes().written() > 0 && delivery.brief().hasFormats()) {
            connection.memory().mayHoldPart(true);
        }
        return isLost ? new Transition.GiveBack(delivery) : new Transition.Connect(Purpose.DELIVERY, delivery);
    }

    /** A reused connection over which nothing came through was dead before the job. It does not count as a failure of the job. */
    private boolean isStale(Evidence evidence) {
        Long acknowledged = evidence.bytes().acknowledged();
        boolean hasEnded = switch (evidence.end()) {
            case RESET, PEER_FIN, SILENCE -> true;
            case NOT_CONNECTED,
                    NOT_HELD,
                    STALL,
                    CLOSE_TIMEOUT,
                    NOT_CONFIRMED,
                    KEPT_OPEN,
                    DOCUMENT_BROKEN,
                    INTERRUPTED,
                    RETIRED -> false;
        };
        boolean nothingTaken = acknowledged == null ? evidence.bytes().written() == 0 : acknowledged == 0;
        boolean mayRepeat =
                connection.settings().mayRepeat() || evidence.bytes().written() == 0;
        return hasEnded && evidence.lastWords() == null && nothingTaken && mayRepeat;
    }
}
