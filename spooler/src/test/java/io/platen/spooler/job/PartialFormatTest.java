package io.platen.spooler.job;

import static io.platen.printer.diagnosis.Cause.CLOSE_TIMEOUT;
import static io.platen.printer.diagnosis.Cause.CONNECTION_RESET;
import static io.platen.printer.diagnosis.Cause.INTERRUPTED;
import static io.platen.printer.diagnosis.Cause.NOT_CONFIRMED;
import static io.platen.printer.diagnosis.Cause.RESET_AFTER_SEND;
import static io.platen.printer.diagnosis.Cause.STALLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.Labels;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a printer may hold a part of a format after an attempt: then what follows is preceded by what cancels it. */
final class PartialFormatTest extends WithQueue {
    private static final Labels WHOLE = new Labels(1, 10, false, 0);
    private static final Labels UNFINISHED = new Labels(1, 5, true, 0);
    private static final Labels NO_FORMAT = new Labels(0, 0, false, 0);

    static Stream<Arguments> attempts() {
        return Stream.of(
                arguments(WHOLE, delivered(), false),
                arguments(UNFINISHED, delivered(), true),
                arguments(WHOLE, deliveredWith(RESET_AFTER_SEND), true),
                arguments(NO_FORMAT, deliveredWith(RESET_AFTER_SEND), false),
                arguments(WHOLE, deliveredWith(CLOSE_TIMEOUT), false),
                arguments(WHOLE, ended(CONNECTION_RESET, 4), true),
                arguments(NO_FORMAT, ended(CONNECTION_RESET, 4), false),
                arguments(WHOLE, ended(STALLED, 4), true),
                arguments(WHOLE, ended(INTERRUPTED, 4), true),
                // What a printer refuses it throws away.
                arguments(WHOLE, refused(4), false),
                arguments(UNFINISHED, refused(10), false),
                // Everything was taken.
                arguments(WHOLE, ended(NOT_CONFIRMED, 10), false),
                arguments(UNFINISHED, ended(NOT_CONFIRMED, 10), true),
                arguments(WHOLE, ended(CLOSE_TIMEOUT, 10), false),
                arguments(UNFINISHED, ended(CLOSE_TIMEOUT, 10), true),
                arguments(WHOLE, canceled(0, 0L), false),
                arguments(WHOLE, canceled(10, 4L), true),
                arguments(WHOLE, canceled(4, null), true),
                arguments(WHOLE, canceled(10, 10L), false),
                arguments(UNFINISHED, canceled(10, 10L), true),
                arguments(UNFINISHED, canceled(10, null), true),
                arguments(UNFINISHED, canceled(0, 0L), false));
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void partIsLeftBehind(Labels labels, DeliveryResult result, boolean expected) {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(labels);
        start();
        end(result);

        assertThat(state.seen().partialFormat()).isEqualTo(expected);
    }

    private static DeliveryResult ended(Cause cause, long acknowledged) {
        return failed(cause, EndedBy.PRINTER, new ByteCounts(10, acknowledged, 10));
    }

    private static DeliveryResult deliveredWith(Cause cause) {
        var warning = ((DeliveryResult.Failed) ended(cause, 10)).failure();
        return new DeliveryResult.Delivered(Rung.ACKNOWLEDGED, warning.bytes(), null, warning, List.of());
    }

    private static DeliveryResult refused(long acknowledged) {
        return new DeliveryResult.Failed(
                null,
                new DeliveryFailure(
                        Cause.PRINTER_REJECTED,
                        EndedBy.PRINTER,
                        Confidence.CERTAIN,
                        null,
                        "why",
                        new ByteCounts(10, acknowledged, 10),
                        null,
                        null,
                        Instant.EPOCH,
                        List.of(),
                        true,
                        null));
    }

    private static DeliveryResult canceled(long written, @Nullable Long acknowledged) {
        return new DeliveryResult.Canceled(new ByteCounts(written, acknowledged, 10));
    }
}
