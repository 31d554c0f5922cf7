package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.connection.ConnectionEvent.Broken;
import io.platen.printer.connection.ConnectionEvent.Due;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.connection.ConnectionEvent.WriteFailed;
import io.platen.printer.connection.Transition.EndProbe;
import io.platen.printer.connection.Transition.Lost;
import io.platen.printer.connection.Transition.Rest;
import io.platen.printer.connection.Transition.Stay;
import io.platen.printer.diagnosis.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProbingPhaseTest {
    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;
    private final ProbingPhase phase = new ProbingPhase(given.context(), line);

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void printerThatSaysThatItIsWellIsHealthy() {
        assertThat(phase.said(given.words(PhaseFixture.ALL_IS_WELL))).isEqualTo(new EndProbe(true, null));
        assertThat(line.isOpen()).isFalse();
    }

    @Test
    void printerThatSaysThatItCannotPrintIsLostForTheMoment() {
        assertThat(phase.said(given.words(PhaseFixture.ALL_IS_WELL.replace("030,0,0", "030,1,0"))))
                .isEqualTo(new Lost(null, "it says that it cannot print"));
    }

    /** A connection that stands is all that can be had from a printer that answers none of the questions. */
    @Test
    void printerThatAnswersNoQuestionIsReachedAndNotHealthy() {
        assertThat(phase.onDue(new Due(1, Timer.STATUS_REPLY))).isInstanceOf(Stay.class);
        assertThat(phase.onDue(new Due(1, Timer.STATUS_REPLY))).isEqualTo(new EndProbe(false, null));
    }

    @Test
    void brokenConnectionIsLost() {
        assertThat(phase.onBroken(new Broken(1, Errno.ECONNRESET.exception()))).isEqualTo(new Lost(null, "reset"));
        assertThat(phase.onWriteFailed(new WriteFailed(1, Errno.EPIPE.exception())))
                .isEqualTo(new Lost(null, "reset"));
    }

    @Test
    void asksAtOnce() {
        assertThat(phase.isOver()).isFalse();
        assertThat(line.asked).containsExactly("write");
    }

    @Test
    void interruptClosesIt() {
        assertThat(phase.interrupt()).isInstanceOf(Rest.class);
    }
}
