package io.platen.printer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fault is a conduct that differs from a healthy one in its end only. */
final class FaultTest {
    private static final Conduct SLOW = Conduct.HEALTHY.reading(PrinterInput.FAST.atBytesPerSecond(1000));

    @ParameterizedTest
    @CsvSource({
        "NONE, FIN_AFTER_FIN",
        "RESET, RESET_AFTER_BYTES",
        "REJECT, REJECT_AFTER_BYTES",
        "REJECT_AFTER_FIN, REJECT_AFTER_BYTES_WITH_FIN",
        "CLOSE_EARLY, CLOSE_AFTER_BYTES",
        "NEVER_READ, NEVER_READS",
        "NEVER_CLOSE, NEVER_CLOSES"
    })
    void eachKindEndsItsConnectionsInItsWay(Fault.Kind kind, ConversationEnd.Kind ending) {
        Conduct conduct = new Fault(kind, 42, 3, "ERR").of(SLOW);

        assertThat(conduct.ending()).isEqualTo(new ConversationEnd(ending, 42, "ERR"));
        assertThat(conduct.connections()).isEqualTo(3);
        assertThat(conduct.ending(ConversationEnd.IN_ORDER).onFirst(Conduct.ALWAYS))
                .isEqualTo(SLOW);
    }

    @Test
    void printerWithoutAFaultIsWellOnItsFirstConnection() {
        assertThat(Fault.none().of(SLOW).on(1, Duration.ZERO)).isEqualTo(SLOW);
    }

    @Test
    void faultPassesAfterItsConnections() {
        Conduct twice = Fault.reset(10, 2).of(SLOW);

        assertThat(twice.on(2, Duration.ZERO).ending().kind()).isEqualTo(ConversationEnd.Kind.RESET_AFTER_BYTES);
        assertThat(twice.on(3, Duration.ZERO)).isEqualTo(SLOW);
    }
}
