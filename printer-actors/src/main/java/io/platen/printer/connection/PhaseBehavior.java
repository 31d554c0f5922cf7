package io.platen.printer.connection;

import io.platen.printer.AttemptId;
import io.platen.printer.connection.ConnectionEvent.AddressFailed;
import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Closed;
import io.platen.printer.connection.ConnectionEvent.ConnectFailed;
import io.platen.printer.connection.ConnectionEvent.Connected;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Replied;
import io.platen.printer.connection.ConnectionEvent.Resolved;
import io.platen.printer.connection.ConnectionEvent.Sampled;
import io.platen.printer.connection.ConnectionEvent.Trying;
import io.platen.printer.connection.ConnectionEvent.WriteFailed;
import io.platen.printer.connection.ConnectionEvent.Written;
import io.platen.printer.connection.PrinterConnection.Deliver;
import org.jspecify.annotations.Nullable;

/** One phase of a connection's life. It answers each message with a {@link Transition}; by default, nothing changes. */
abstract class PhaseBehavior {
    abstract ConnectionPhase kind();

    /** The number of the connection whose events this phase handles; 0 when there is no connection. */
    int number() {
        return 0;
    }

    /** Whether the phase takes a document now. */
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

    /** Takes a document. Called only when {@link #isReady}. */
    Transition deliver(Deliver delivery) {
        return Transition.STAY;
    }

    Transition probe() {
        return Transition.STAY;
    }

    /** The sender has canceled the document under way. */
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

    /** Closes the phase's socket, as the actor stops or is restarted. */
    void drop() {}

    Transition onResolved(Resolved event) {
        return Transition.STAY;
    }

    Transition onTrying(Trying event) {
        return Transition.STAY;
    }

    Transition onFailed(AddressFailed event) {
        return Transition.STAY;
    }

    Transition onConnected(Connected event) {
        return Transition.STAY;
    }

    Transition onConnectFailed(ConnectFailed event) {
        return Transition.STAY;
    }

    Transition onSampled(Sampled event) {
        return Transition.STAY;
    }

    Transition onWritten(Written event) {
        return Transition.STAY;
    }

    Transition onWriteFailed(WriteFailed event) {
        return Transition.STAY;
    }

    Transition onReplied(Replied event) {
        return Transition.STAY;
    }

    Transition onPeerFinished(PeerFinished event) {
        return Transition.STAY;
    }

    Transition onBroken(Broken event) {
        return Transition.STAY;
    }

    Transition onClosed(Closed event) {
        return Transition.STAY;
    }

    Transition onDue(Due event) {
        return Transition.STAY;
    }
}
