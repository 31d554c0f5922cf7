package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What deliveries have shown of a printer. */
final class LastSeenTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final LastSeen NOTHING = LastSeen.NOTHING;

    @Test
    void printerIsWellAfterAMomentOnlyByWhatCameAfterIt() {
        assertThat(NOTHING.isWellAfter(NOON)).isFalse();
        assertThat(NOTHING.delivered(NOON.plusNanos(1)).isWellAfter(NOON)).isTrue();
        assertThat(NOTHING.delivered(NOON).isWellAfter(NOON)).isFalse();
        assertThat(NOTHING.saidWell(NOON.plusNanos(1)).isWellAfter(NOON)).isTrue();
        assertThat(NOTHING.saidWell(NOON.minusNanos(1)).isWellAfter(NOON)).isFalse();
        assertThat(NOTHING.delivered(NOON).saidWell(NOON.plusSeconds(1)).isWellAfter(NOON))
                .isTrue();
    }

    @Test
    void nothingIsAfterAnAttemptThatHasNotStarted() {
        assertThat(NOTHING.delivered(NOON).isWellAfter(null)).isFalse();
    }

    @Test
    void deliveryThatIsTakenBackShowsNothing() {
        var seen = NOTHING.saidWell(NOON.minusSeconds(9))
                .delivered(NOON.plusSeconds(1))
                .deliveryRetracted();

        assertThat(seen.isWellAfter(NOON)).isFalse();
        assertThat(seen.saidWellAt()).isEqualTo(NOON.minusSeconds(9));
    }

    @Test
    void printerThatAnsweredOnceIsKnownToAnswer() {
        assertThat(NOTHING.answersStatus(false).answersStatus()).isFalse();
        assertThat(NOTHING.answersStatus(true).answersStatus(false).answersStatus())
                .isTrue();
        assertThat(NOTHING.saidWell(NOON).answersStatus()).isTrue();
    }

    /** Three jobs in a row show a manner; other causes show none, nor does a FIN that the network lost. */
    @ParameterizedTest
    @CsvSource({
        "RESET_AFTER_SEND, PRINTER, RESET",
        "CLOSE_TIMEOUT, PRINTER, NOT_CLOSED",
        "CLOSE_TIMEOUT, NETWORK,",
        "CONNECTION_RESET, PRINTER,",
        "STALLED, PLATEN,",
        "NOT_CONFIRMED, PRINTER,"
    })
    void failuresShowThePrintersManners(Cause cause, EndedBy endedBy, Endings.@Nullable Ending manner) {
        LastSeen seen = NOTHING;
        for (int job = 1; job <= 3; job++) {
            seen = seen.shownBy(failure(cause, endedBy), job);
        }

        for (Endings.Ending ending : Endings.Ending.values()) {
            if (ending != Endings.Ending.CLOSED) {
                assertThat(seen.endings().isManner(ending)).as("%s", ending).isEqualTo(ending == manner);
            }
        }
    }

    private static DeliveryFailure failure(Cause cause, EndedBy endedBy) {
        return new DeliveryFailure(
                cause,
                endedBy,
                Confidence.LIKELY,
                null,
                "why",
                new ByteCounts(10, 10L, 10),
                null,
                null,
                NOON,
                List.of(),
                null,
                null);
    }
}
