package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.spooler.job.Endings.Ending;
import org.junit.jupiter.api.Test;

final class LastSeenTest {
    @Test
    void printerIsWellAfterADeliveryOrItsOwnWord() {
        LastSeen seen = LastSeen.NOTHING.delivered(QueueFixture.at(5));

        assertThat(seen.isWellAfter(QueueFixture.at(4))).isTrue();
        assertThat(seen.isWellAfter(QueueFixture.at(5))).isFalse();
        assertThat(seen.saidWell(QueueFixture.at(6)).isWellAfter(QueueFixture.at(5)))
                .isTrue();
        assertThat(seen.isWellAfter(null)).as("the job has not begun").isFalse();
    }

    @Test
    void deliveryThatIsTakenBackShowsNothing() {
        LastSeen seen = LastSeen.NOTHING.delivered(QueueFixture.at(5)).deliveryRetracted();

        assertThat(seen.isWellAfter(QueueFixture.at(1))).isFalse();
    }

    @Test
    void oneAnswerToAStatusQueryIsRememberedForGood() {
        assertThat(LastSeen.NOTHING.answersStatus(true).answersStatus(false).answersStatus())
                .isTrue();
        assertThat(LastSeen.NOTHING.saidWell(QueueFixture.NOON).answersStatus()).isTrue();
    }

    /** A FIN that the network lost says nothing of the printer. */
    @Test
    void missingCloseCountsOnlyWhenThePrinterIsToBlame() {
        var bytes = new ByteCounts(10, 10L, 10);
        var byPrinter =
                WithQueue.failed(Cause.CLOSE_TIMEOUT, EndedBy.PRINTER, bytes).failure();
        var byNetwork =
                WithQueue.failed(Cause.CLOSE_TIMEOUT, EndedBy.NETWORK, bytes).failure();

        assertThat(LastSeen.NOTHING.shownBy(byPrinter, 1).endings().ending()).isEqualTo(Ending.NOT_CLOSED);
        assertThat(LastSeen.NOTHING.shownBy(byNetwork, 1)).isEqualTo(LastSeen.NOTHING);
    }
}
