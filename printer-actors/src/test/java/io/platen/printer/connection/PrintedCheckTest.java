package io.platen.printer.connection;

import static io.platen.printer.connection.PrintedCheck.Answer.GOES_ON;
import static io.platen.printer.connection.PrintedCheck.Answer.HELD_UP;
import static io.platen.printer.connection.PrintedCheck.Answer.NOT_OURS;
import static io.platen.printer.connection.PrintedCheck.Answer.NO_PROGRESS;
import static io.platen.printer.connection.PrintedCheck.Answer.PRINTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.language.DeviceReason;
import io.platen.printer.language.DeviceStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether the labels are out, from a printer's answers. */
final class PrintedCheckTest {
    private static final List<String> QUERIES = List.of("~HS", "~HQES");
    private static final long APART = PrintedCheck.APART.toNanos();

    private long nanos = 1;

    @Test
    void twoAnswersApartInTimeMustAgree() {
        var check = asked(0);

        assertThat(hears(check, left(0))).isEqualTo(GOES_ON);
        nanos += APART - 1;
        assertThat(hears(check, left(0))).as("too soon").isEqualTo(NO_PROGRESS);
        nanos += 1;
        assertThat(hears(check, left(0))).isEqualTo(PRINTED);
    }

    /** Between its receive buffer and its batch a format is counted in neither. */
    @Test
    void aLabelThatTurnsUpAfterAnEmptyAnswerStartsTheWaitAgain() {
        var check = asked(0);
        hears(check, left(0));
        nanos += APART;
        assertThat(hears(check, left(1))).isEqualTo(GOES_ON);
        nanos += APART;
        assertThat(hears(check, left(0))).isEqualTo(GOES_ON);
        nanos += APART;
        assertThat(hears(check, left(0))).isEqualTo(PRINTED);
    }

    @Test
    void answersThatTheDocumentAskedForSayNothingOfItsEnd() {
        var check = asked(2);

        assertThat(hears(check, left(0))).isEqualTo(NOT_OURS);
        nanos += APART;
        assertThat(hears(check, left(0))).isEqualTo(NOT_OURS);
        nanos += APART;
        assertThat(hears(check, left(3))).isEqualTo(GOES_ON);
    }

    /** The second query comes after all that the document asked, so nothing is owed once it is answered. */
    @Test
    void anAnswerToTheSecondQueryEndsTheWaitForOwedOnes() {
        var check = asked(1000);
        assertThat(check.nextQuestion()).isEqualTo("~HQES");
        assertThat(hears(check, new DeviceStatus(true, List.of(), null, "~HQES")))
                .isEqualTo(NO_PROGRESS);
        hears(check, left(0));
        nanos += APART;
        assertThat(hears(check, left(0))).isEqualTo(PRINTED);
    }

    @Test
    void secondQueryIsAskedWhileTheFirstIsUnanswered() {
        var check = asked(0);

        assertThat(check.nextQuestion()).isEqualTo("~HQES");
        assertThat(check.nextQuestion()).isEqualTo("~HS");
    }

    @Test
    void aQuestionThatWasAskedJustNowIsNotUnansweredYet() {
        var check = asked(0);
        var patience = Duration.ofNanos(2 * APART);
        assertThat(check.isUnansweredFor(patience, nanos)).isTrue();

        hears(check, left(5));
        check.nextQuestion();
        assertThat(check.isUnansweredFor(patience, nanos + APART)).isFalse();
        assertThat(check.isUnansweredFor(patience, nanos + 2 * APART)).isTrue();
    }

    @Test
    void labelsThatGetFewerAreHeadwayAndAStandstillIsNot() {
        var check = asked(0);

        assertThat(hears(check, left(5))).isEqualTo(GOES_ON);
        assertThat(hears(check, left(5))).isEqualTo(NO_PROGRESS);
        assertThat(hears(check, left(4))).isEqualTo(GOES_ON);
    }

    @Test
    void aPrinterThatSaysThatItCannotPrintIsHeldUp() {
        var out = new DeviceStatus(false, List.of(DeviceReason.MEDIA_EMPTY), 3L, "~HS");

        assertThat(hears(asked(0), out)).isEqualTo(HELD_UP);
    }

    @Test
    void whatComesUnaskedIsNoAnswer() {
        assertThat(hears(asked(0), new DeviceStatus(true, List.of(), 0L, null))).isEqualTo(NOT_OURS);
    }

    private static PrintedCheck asked(int owed) {
        var check = new PrintedCheck(QUERIES, owed);
        assertThat(check.nextQuestion()).isEqualTo("~HS");
        return check;
    }

    private PrintedCheck.Answer hears(PrintedCheck check, DeviceStatus status) {
        return check.heard(status, nanos);
    }

    private static DeviceStatus left(@Nullable Integer labels) {
        return new DeviceStatus(true, List.of(), labels == null ? null : labels.longValue(), "~HS");
    }
}
