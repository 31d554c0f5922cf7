package io.platen.printer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.Brief;
import io.platen.printer.connection.ConnectionEvent.Timer;
import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.DeviceStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfirmationTest {
    private final PhaseFixture given = new PhaseFixture();
    private final FakeLine line = given.line;

    private Confirmation confirmation(boolean printerHasAnswered) {
        return new Confirmation(line, given.settings(PhaseFixture.URI), Brief.PLAIN, printerHasAnswered);
    }

    /** Whether labels are to be confirmed, and whether the printer has ever answered; whether it must be asked first. */
    @ParameterizedTest
    @CsvSource({"PRINTED, false, true", "PRINTED, true, false", "ACKNOWLEDGED, false, false"})
    void printerThatHasNeverAnsweredIsAskedBeforeTheDocument(Rung confirm, boolean hasAnswered, boolean isUncertain) {
        given.confirm = confirm;

        assertThat(confirmation(hasAnswered).isUncertain()).isEqualTo(isUncertain);
    }

    @Test
    void queueThatRemembersAnAnswerNeedsNoQuestionFirst() {
        given.confirm = Rung.PRINTED;
        var brief = new Brief(false, false, false, 0, true, Manners.UNKNOWN);

        assertThat(new Confirmation(line, given.settings(PhaseFixture.URI), brief, false).isUncertain())
                .isFalse();
    }

    @Test
    void asksAtOnceAndAgainAfterThreeSecondsOfSilence() {
        confirmation(true).begin();

        assertThat(line.asked).containsExactly("write");
        assertThat(line.timers)
                .containsEntry(Timer.CONFIRM, given.confirmTimeout)
                .containsEntry(Timer.CONFIRM_POLL, Duration.ofSeconds(3));
    }

    @Test
    void answerBringsTheNextQuestionSoonAndOnlyProgressBringsMoreTime() {
        var confirmation = confirmation(true);
        DeviceStatus answer =
                given.words(PhaseFixture.ALL_IS_WELL).statuses().findFirst().orElseThrow();
        confirmation.begin();
        line.timers.clear();

        confirmation.goOn(PrintedCheck.Answer.NO_PROGRESS, answer);
        assertThat(line.timers).containsOnlyKeys(Timer.CONFIRM_POLL);

        confirmation.goOn(PrintedCheck.Answer.GOES_ON, answer);
        assertThat(line.timers)
                .containsEntry(Timer.CONFIRM_POLL, Duration.ofMillis(500))
                .containsEntry(Timer.CONFIRM, given.confirmTimeout);
    }

    @Test
    void silenceOfAPrinterThatHasAnsweredIsNotTheLastWord() {
        var confirmation = confirmation(false);
        assertThat(confirmation.willBeAnswered()).isFalse();

        assertThat(confirmation.isAnsweredIn(given.words("SOMETHING HAPPENED\r\n")))
                .isFalse();
        assertThat(confirmation.isAnsweredIn(given.words(PhaseFixture.ALL_IS_WELL)))
                .isTrue();
        assertThat(confirmation.willBeAnswered()).isTrue();
    }

    @Test
    void endAsksNothingMore() {
        var confirmation = confirmation(true);
        confirmation.begin();
        confirmation.end();

        assertThat(line.timers).isEmpty();
    }
}
