package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionSignal.Ready;
import io.platen.printer.connection.Transition.Await;
import io.platen.printer.connection.Transition.Conclude;
import io.platen.printer.connection.Transition.Use;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HoldingPhaseTest {
    private final PhaseFixture given = new PhaseFixture();

    @AfterEach
    void close() {
        given.close();
    }

    private HoldingPhase holding() {
        return new HoldingPhase(given.context(), given.line, AttemptRecord.on(given.line, 0, given::nanos));
    }

    @Test
    void asksForADocumentOnlyWhenTheConnectionHasHeld() {
        var phase = holding();
        assertThat(given.line.timers).containsEntry(Timer.HELD, given.hold);
        assertThat(given.told()).isEmpty();

        assertThat(phase.onDue(new Due(1, Timer.HELD))).isEqualTo(new Await(given.line, Use.FRESH));
        assertThat(given.told()).containsExactly(new Ready());
    }

    /** Some printers half-close at once, and read all the same. */
    @Test
    void printersFinIsNoReset() {
        var phase = holding();
        phase.onPeerFinished(new PeerFinished(1));

        assertThat(phase.onDue(new Due(1, Timer.HELD))).isEqualTo(new Await(given.line, Use.FRESH_AND_HALF_CLOSED));
    }

    @Test
    void resetBeforeAByteWasSentCostsNoAttempt() {
        var ended = (Conclude) holding().onBroken(new Broken(1, Errno.ECONNRESET.exception()));

        assertThat(ended.delivery()).isNull();
        assertThat(((Failed) ended.result()).failure().cause()).isEqualTo(Cause.CONNECTION_RESET);
        assertThat(given.told()).isEmpty();
        assertThat(given.line.isOpen()).isFalse();
    }
}
