package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.PeerFinished;
import io.platen.printer.connection.Transition.Conclude;
import io.platen.printer.connection.Transition.Connect;
import io.platen.printer.connection.Transition.GiveBack;
import io.platen.printer.connection.Transition.Send;
import io.platen.printer.connection.Transition.Stay;
import io.platen.printer.diagnosis.DeliveryResult.Canceled;
import io.platen.printer.diagnosis.Errno;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CheckingPhaseTest {
    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;

    CheckingPhaseTest() {
        given.settle = Duration.ofSeconds(2);
    }

    @AfterEach
    void close() {
        given.close();
    }

    private CheckingPhase checking() {
        return new CheckingPhase(given.context(), line, PhaseFixture.delivery());
    }

    @Test
    void sendsOverAConnectionThatThePrinterStillKnows() {
        var send = checking().onSampled(given.acknowledges(0));

        assertThat(send)
                .isInstanceOfSatisfying(
                        Send.class, sent -> assertThat(sent.reused()).isTrue());
    }

    @Test
    void opensAnotherConnectionWhenThePrinterHasEndedThisOne() {
        assertThat(checking().onPeerFinished(new PeerFinished(1))).isInstanceOf(Connect.class);
        assertThat(line.isOpen()).isFalse();
    }

    /** With the judgement of the job before the connection is lost; the document comes again after the pause. */
    @Test
    void givesTheDocumentBackWhenTheResetIsAboutTheJobBefore() {
        var context = given.context();
        var before = PhaseFixture.ofFormats();
        var attempt = AttemptRecord.on(line, before.totalBytes(), given::nanos);
        attempt.begin(given.acknowledges(0).info());
        line.takes(before.totalBytes());
        attempt.allWritten();
        attempt.observe(given.acknowledges(before.totalBytes()).info(), line);
        context.late().judged(before, attempt, line, given.nanos());
        var phase = new CheckingPhase(context, line, PhaseFixture.delivery());

        assertThat(phase.onBroken(new Broken(1, Errno.ECONNRESET.exception()))).isInstanceOf(GiveBack.class);
        assertThat(context.memory().mayHoldPart()).isTrue();
    }

    @Test
    void unknownWordsCostTheConnection() {
        assertThat(checking().said(given.words("SOMETHING HAPPENED\r\n"))).isInstanceOf(Connect.class);
    }

    @Test
    void waitsWhileNothingIsDecided() {
        assertThat(checking().onSampled(given.sampled(PhaseFixture.info("ESTABLISHED", 0, 5000, 0))))
                .isInstanceOf(Stay.class);
    }

    @Test
    void takesTheDocumentBackUnsent() {
        assertThat(checking().cancel()).isInstanceOfSatisfying(Conclude.class, ended -> {
            assertThat(ended.result()).isInstanceOf(Canceled.class);
            assertThat(ended.line()).isNull();
        });
        assertThat(line.asked).doesNotContain("write").endsWith("close");
    }
}
