package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the next label can come out, and whether the last one has. */
final class DeviceStatusTest {

    /** What IPP calls an error stops the printer; low supplies and a full buffer do not. */
    @ParameterizedTest
    @CsvSource({
        "MEDIA_EMPTY, false",
        "MEDIA_JAM, false",
        "MARKER_SUPPLY_EMPTY, false",
        "COVER_OPEN, false",
        "PAUSED, false",
        "OFFLINE, false",
        "LABEL_WAITING, false",
        "OTHER, false",
        "MEDIA_LOW, true",
        "MARKER_SUPPLY_LOW, true",
        "SPOOL_AREA_FULL, true",
        "OTHER_WARNING, true"
    })
    void canPrintUnlessAReasonStopsIt(DeviceReason reason, boolean canPrint) {
        assertThat(DeviceStatus.of(Set.of(reason)).canPrint()).isEqualTo(canPrint);
    }

    @Test
    void oneReasonThatStopsIsEnough() {
        assertThat(DeviceStatus.of(EnumSet.of(DeviceReason.MEDIA_LOW, DeviceReason.PAUSED))
                        .canPrint())
                .isFalse();
        assertThat(DeviceStatus.well().canPrint()).isTrue();
        assertThat(DeviceStatus.unexplained().canPrint()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", ", false"})
    void isDoneOnlyWhereItSaysThatNothingIsLeft(@Nullable Long left, boolean isDone) {
        assertThat(DeviceStatus.of(Set.of(), left, null).isDone()).isEqualTo(isDone);
    }
}
