package io.platen.printer.connection;

import io.platen.printer.AttemptId;
import io.platen.printer.connection.PrinterConnection.Deliver;
import org.jspecify.annotations.Nullable;

/** One phase of a connection's life: it answers each message with what follows. What it does not answer changes nothing. */
abstract class PhaseBehavior implements ConnectionEvent.Handler<Transition> {
    /** The number of no connection. */
    static final int NONE = 0;

    abstract ConnectionPhase kind();

    /** The number of the connection whose events this phase hears. */
    int number() {
        return NONE;
    }

    /** Whether a document can come at once. */
    boolean isReady() {
        return false;
    }

    /** The document under way, or null. */
    @Nullable
    Deliver delivery() {
        return null;
    }

    /** The attempt under way, or null. */
    final @Nullable AttemptId busyWith() {
        Deliver underWay = delivery();
        return underWay == null ? null : underWay.attempt();
    }

    /** A document comes; only where the phase is ready. */
    Transition deliver(Deliver delivery) {
        return Transition.STAY;
    }

    Transition probe() {
        return Transition.STAY;
    }

    /** The document under way is taken back. */
    Transition cancel() {
        return Transition.STAY;
    }

    /** The printer's settings have changed. */
    Transition retire() {
        return Transition.STAY;
    }

    /** The process is going down. */
    Transition interrupt() {
        return Transition.STAY;
    }

    /** The actor stops or is restarted: no socket may stay behind. */
    void drop() {}

    @Override
    public Transition onResolved(ConnectionEvent.Resolved event) {
        return Transition.STAY;
    }

    @Override
    public Transition onTrying(ConnectionEvent.Trying event) {
        return Transition.STAY;
    }

    @Override
    public Transition onFailed(ConnectionEvent.Failed event) {
        return Transition.STAY;
    }

    @Override
    public Transition onConnected(ConnectionEvent.Connected event) {
        return Transition.STAY;
    }

    @Override
    public Transition onConnectFailed(ConnectionEvent.ConnectFailed event) {
        return Transition.STAY;
    }

    @Override
    public Transition onSampled(ConnectionEvent.Sampled event) {
        return Transition.STAY;
    }

    @Override
    public Transition onWritten(ConnectionEvent.Written event) {
        return Transition.STAY;
    }

    @Override
    public Transition onWriteFailed(ConnectionEvent.WriteFailed event) {
        return Transition.STAY;
    }

    @Override
    public Transition onReplied(ConnectionEvent.Replied event) {
        return Transition.STAY;
    }

    @Override
    public Transition onPeerFinished(ConnectionEvent.PeerFinished event) {
        return Transition.STAY;
    }

    @Override
    public Transition onBroken(ConnectionEvent.Broken event) {
        return Transition.STAY;
    }

    @Override
    public Transition onClosed(ConnectionEvent.Closed event) {
        return Transition.STAY;
    }

    @Override
    public Transition onDue(ConnectionEvent.Due event) {
        return Transition.STAY;
    }
}
