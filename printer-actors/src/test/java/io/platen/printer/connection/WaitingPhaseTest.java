package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionSignal.Reopened;
import io.platen.printer.connection.Transition.Await;
import io.platen.printer.connection.Transition.Check;
import io.platen.printer.connection.Transition.Connect;
import io.platen.printer.connection.Transition.Lost;
import io.platen.printer.connection.Transition.Rest;
import io.platen.printer.connection.Transition.Send;
import io.platen.printer.connection.Transition.StartProbe;
import io.platen.printer.connection.Transition.Stay;
import io.platen.printer.connection.Transition.Use;
import io.platen.printer.diagnosis.Errno;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaitingPhaseTest {
    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;

    WaitingPhaseTest() {
        given.settle = Duration.ofSeconds(2);
    }

    @AfterEach
    void close() {
        given.close();
    }

    private WaitingPhase waiting(Use use) {
        return new WaitingPhase(given.context(), line, use);
    }

    /** After a job was judged as delivered on this connection. */
    private WaitingPhase afterAJob() {
        var context = given.context();
        var delivery = PhaseFixture.ofFormats();
        var attempt = AttemptRecord.on(line, delivery.totalBytes(), given::nanos);
        attempt.begin(given.acknowledges(0).info());
        line.takes(delivery.totalBytes());
        attempt.allWritten();
        attempt.observe(given.acknowledges(delivery.totalBytes()).info(), line);
        context.late().judged(delivery, attempt, line, given.nanos());
        return new WaitingPhase(context, line, Use.CHECK);
    }

    @ParameterizedTest
    @CsvSource({"FRESH, SEND", "FRESH_AND_HALF_CLOSED, SEND", "CHECK, CHECK", "REPLACE, CONNECT"})
    void documentGoesTheWayOfItsConnection(Use use, String way) {
        Class<?> wanted = switch (way) {
            case "SEND" -> Send.class;
            case "CHECK" -> Check.class;
            default -> Connect.class;
        };

        assertThat(waiting(use).deliver(PhaseFixture.delivery())).isInstanceOf(wanted);
        assertThat(line.isOpen()).isEqualTo(use != Use.REPLACE);
    }

    @Test
    void halfClosedConnectionIsNotedAsSuch() {
        var send = (Send) waiting(Use.FRESH_AND_HALF_CLOSED).deliver(PhaseFixture.delivery());

        assertThat(send.attempt().hasPeerFinished()).isTrue();
    }

    @Test
    void canProbeOverIt() {
        assertThat(waiting(Use.CHECK).probe()).isEqualTo(new StartProbe(line));
    }

    /** Of the ends that speak for nothing: FIN, idle time, an RST with no job before it. */
    @Test
    void endsQuietlyWithNoJobInDoubt() {
        assertThat(waiting(Use.CHECK).onPeerFinished(new PeerFinished(1))).isInstanceOf(Rest.class);
        assertThat(waiting(Use.CHECK).onDue(new Due(1, Timer.IDLE))).isInstanceOf(Rest.class);
        assertThat(waiting(Use.CHECK).onBroken(new Broken(1, Errno.ECONNRESET.exception())))
                .isInstanceOf(Rest.class);
        assertThat(given.told()).isEmpty();
    }

    @Test
    void resetSoonAfterAJobOpensItsJudgementAgainAndLosesTheConnection() {
        var phase = afterAJob();
        given.pass(Duration.ofMillis(100));

        assertThat(phase.onBroken(new Broken(1, Errno.ECONNRESET.exception()))).isInstanceOf(Lost.class);
        assertThat(given.told()).hasSize(1).first().isInstanceOf(Reopened.class);
        assertThat(line.isOpen()).isFalse();
    }

    /** A sample may take the error of the RST: nothing else tells of it then. */
    @Test
    void pendingErrorOfASampleIsAReset() {
        var phase = afterAJob();

        assertThat(phase.onSampled(given.sampled(PhaseFixture.info("CLOSE", 0, 0, 104))))
                .isInstanceOf(Lost.class);
    }

    @Test
    void resetAfterTheSettleTimeSpeaksAgainstNoJob() {
        var phase = afterAJob();
        given.pass(given.settle.plusMillis(1));

        assertThat(phase.onBroken(new Broken(1, Errno.ECONNRESET.exception()))).isInstanceOf(Rest.class);
        assertThat(given.told()).isEmpty();
    }

    /** They must not be taken for an answer to the next document. */
    @Test
    void unknownWordsCostTheNextDocumentTheConnection() {
        assertThat(waiting(Use.CHECK).said(given.words("SOMETHING HAPPENED\r\n")))
                .isEqualTo(new Await(line, Use.REPLACE));
    }

    @Test
    void statusChangesNothing() {
        assertThat(waiting(Use.CHECK).said(given.words(PhaseFixture.ALL_IS_WELL)))
                .isInstanceOf(Stay.class);
    }

    @Test
    void interruptClosesIt() {
        assertThat(waiting(Use.CHECK).interrupt()).isInstanceOf(Rest.class);
        assertThat(line.asked).containsExactly("close");
    }
}
