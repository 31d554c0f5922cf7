package io.platen.printer.connection;

import io.platen.printer.connection.ConnectionEvent.AddressFailed;
import io.platen.printer.connection.ConnectionEvent.ConnectFailed;
import io.platen.printer.connection.ConnectionEvent.Connected;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Resolved;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.Trying;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.Transition.Purpose;
import io.platen.printer.diagnosis.Diagnosis;
import io.platen.printer.diagnosis.Evidence.End;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Resolves the printer's name and connects. The connection's purpose decides which phase comes next. */
final class ConnectingPhase extends PhaseBehavior {
    private final PhaseContext connection;
    private final Connector connector;
    private final Purpose purpose;
    private final @Nullable Deliver delivery;
    private final AttemptRecord attempt;

    ConnectingPhase(PhaseContext connection, Connector connector, Transition.Connect wanted) {
        this.connection = connection;
        this.connector = connector;
        this.purpose = wanted.purpose();
        this.delivery = wanted.delivery();
        this.attempt = AttemptRecord.unconnected(delivery == null ? 0 : delivery.totalBytes(), connection.nanos());
        connectWhenItMay();
    }

    private void connectWhenItMay() {
        Duration wait = connection.memory().waitForConnection(connection.nowNanos());
        if (wait.isZero()) {
            connector.resolve();
        } else {
            connector.waitFor(wait);
        }
    }

    @Override
    ConnectionPhase kind() {
        return ConnectionPhase.CONNECTING;
    }

    @Override
    int number() {
        return connector.number();
    }

    @Override
    @Nullable
    Deliver delivery() {
        return delivery;
    }

    @Override
    Transition onDue(Due due) {
        if (due.timer() == Timer.PORT) {
            connectWhenItMay();
        }
        return Transition.STAY;
    }

    @Override
    Transition onResolved(Resolved resolved) {
        attempt.resolved(resolved.found(), connection.settings());
        connector.connect(resolved.found());
        return Transition.STAY;
    }

    @Override
    Transition onTrying(Trying trying) {
        attempt.trying(trying.address(), connection.settings().socket());
        return Transition.STAY;
    }

    @Override
    Transition onFailed(AddressFailed failed) {
        attempt.connectFailed(failed.cause());
        return Transition.STAY;
    }

    @Override
    Transition onConnected(Connected connected) {
        OpenLine line = connector.open(connected.line());
        attempt.connected(line);
        connection.shown().contact();
        connection.shown().open(line);
        return switch (purpose) {
            case DELIVERY -> new Transition.Send(line, Objects.requireNonNull(delivery), attempt, false);
            case PROBE -> new Transition.StartProbe(line);
            case RETURN -> new Transition.Hold(line, attempt);
        };
    }

    @Override
    Transition onConnectFailed(ConnectFailed failed) {
        connection.memory().connectionEnded(connection.nowNanos());
        if (attempt.isUntried()) {
            attempt.connectFailed(failed.cause());
        }
        var evidence =
                attempt.evidence(End.NOT_CONNECTED, failed.cause(), null, connection.settings(), connection.now());
        return new Transition.Conclude(delivery, Diagnosis.judge(evidence), null);
    }

    @Override
    Transition cancel() {
        return givenUp();
    }

    @Override
    Transition retire() {
        return delivery == null ? Transition.STAY : givenUp();
    }

    @Override
    Transition interrupt() {
        return givenUp();
    }

    private Transition givenUp() {
        drop();
        return delivery == null ? Transition.REST : new Transition.Conclude(delivery, delivery.unsent(), null);
    }

    @Override
    void drop() {
        connector.cancel();
    }
}
