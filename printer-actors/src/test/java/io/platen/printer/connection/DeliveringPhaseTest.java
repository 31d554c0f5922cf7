package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.Brief;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Closed;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.PrinterConnection.Deliver;
import io.platen.printer.connection.Transition.Conclude;
import io.platen.printer.connection.Transition.Connect;
import io.platen.printer.connection.Transition.Send;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.DeliveryResult.Delivered;
import io.platen.printer.diagnosis.DeliveryResult.Failed;
import io.platen.printer.diagnosis.Errno;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the end of a session means for the connection. */
final class DeliveringPhaseTest {
    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;

    @BeforeEach
    void keepOpen() {
        given.policy = ConnectionPolicy.KEEP_OPEN;
    }

    @AfterEach
    void close() {
        given.close();
    }

    private DeliveringPhase fresh(PhaseContext context, Deliver delivery) {
        var attempt = AttemptRecord.on(line, delivery.totalBytes(), given::nanos);
        return new DeliveringPhase(context, new Send(line, delivery, attempt, false));
    }

    private DeliveringPhase reused(PhaseContext context, Deliver delivery) {
        line.takes(1000);
        var attempt = AttemptRecord.reusing(line, delivery.totalBytes(), given::nanos);
        return new DeliveringPhase(context, new Send(line, delivery, attempt, true));
    }

    private Transition breaks(DeliveringPhase phase) {
        phase.onBroken(new Broken(1, Errno.ECONNRESET.exception()));
        return phase.onClosed(new Closed(1, Optional.empty()));
    }

    @Test
    void deliveredJobLeavesTheConnectionOpen() {
        var delivery = PhaseFixture.delivery();
        var phase = fresh(given.context(), delivery);
        phase.onSampled(given.acknowledges(0));
        line.takes(delivery.totalBytes());
        phase.onWritten(line.allWritten());

        assertThat(phase.onSampled(given.acknowledges(delivery.totalBytes())))
                .isInstanceOfSatisfying(Conclude.class, ended -> {
                    assertThat(ended.result()).isInstanceOf(Delivered.class);
                    assertThat(ended.line()).isSameAs(line);
                });
    }

    /**
     * On a connection that was used before: whether the document may be sent twice, how much of it the kernel took, and
     * how much the printer acknowledged; whether the connection counts as stale, and the document gets another one.
     */
    @ParameterizedTest
    @CsvSource({
        "true,  0,  0, true",
        // An RST overtakes acknowledgements that are held back: nobody knows whether the ten bytes came through.
        "true,  10, 0, false",
        "true,  10, 5, false",
        "false, 0,  0, true",
        "false, 10, 0, false",
    })
    void staleConnectionIsNotTheJobsFault(boolean mayRepeat, int written, int acknowledged, boolean isStale) {
        given.mayRepeat = mayRepeat;
        var phase = reused(given.context(), PhaseFixture.delivery());
        phase.onSampled(given.acknowledges(0));
        line.takes(written);
        phase.onSampled(given.acknowledges(acknowledged));

        Transition next = breaks(phase);
        assertThat(next).isInstanceOf(isStale ? Connect.class : Conclude.class);
        if (!isStale) {
            assertThat(((Conclude) next).result()).isInstanceOf(Failed.class);
        }
    }

    @Test
    void freshConnectionIsNeverStale() {
        var phase = fresh(given.context(), PhaseFixture.delivery());
        phase.onSampled(given.acknowledges(0));

        assertThat(breaks(phase)).isInstanceOf(Conclude.class);
    }

    /** Its kernel took everything, and it ended a connection that was to stay open: it may have read half of the job. */
    @Test
    void finRightAfterAJobLeavesAPartInDoubt() {
        var context = given.context();
        var delivery = PhaseFixture.ofFormats();
        var phase = fresh(context, delivery);
        phase.onSampled(given.acknowledges(0));
        line.takes(delivery.totalBytes());
        phase.onWritten(line.allWritten());
        phase.onPeerFinished(new PeerFinished(1));
        phase.onSampled(given.acknowledges(delivery.totalBytes()));

        assertThat(phase.onClosed(new Closed(1, Optional.empty())))
                .isInstanceOfSatisfying(
                        Conclude.class, ended -> assertThat(ended.result()).isInstanceOf(Delivered.class));
        assertThat(context.memory().mayHoldPart()).isTrue();
    }

    @Test
    void partInDoubtIsCanceledBeforeTheNextDocument() {
        var context = given.context();
        context.memory().mayHoldPart(true);
        var phase = fresh(context, PhaseFixture.ofFormats());
        phase.onSampled(given.acknowledges(0));

        assertThat(phase.delivery().brief().afterPartialFormat()).isTrue();
        assertThat(line.isPreceded()).isTrue();
    }

    @Test
    void jobThatLeavesAPartGetsAConnectionOfItsOwn() {
        var delivery = PhaseFixture.delivery();
        var leaving = new Deliver(
                delivery.attempt(),
                delivery.document(),
                delivery.totalBytes(),
                new Brief(false, true, true, 0, false, delivery.brief().manners()));
        var phase = fresh(given.context(), leaving);
        phase.onSampled(given.acknowledges(0));
        line.takes(delivery.totalBytes());
        phase.onWritten(line.allWritten());

        assertThat(line.asked).contains("fin");
    }

    @Test
    void canceledJobEndsAsCanceledWhateverFollows() {
        var phase = fresh(given.context(), PhaseFixture.delivery());
        phase.onSampled(given.acknowledges(0));
        phase.cancel();
        phase.onDue(new ConnectionEvent.Due(1, Timer.CANCELED));

        assertThat(phase.onClosed(new Closed(1, Optional.empty())))
                .isInstanceOfSatisfying(
                        Conclude.class, ended -> assertThat(ended.result()).isInstanceOf(Canceled.class));
    }

    /** Before the end of the session the printer is sent an RST, after it an orderly close. */
    @Test
    void restartOfTheActorLeavesNoSocket() {
        fresh(given.context(), PhaseFixture.delivery()).drop();

        assertThat(line.asked).endsWith("rst");
    }
}
