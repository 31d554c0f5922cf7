package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.EndedBy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VerdictTest {
    private static final PrintJob SENDING = PrintJob.submitted(
                    1, QueueFixture.submitted(1).ticket(), false, QueueFixture.NOON, 1)
            .attemptStarted(1, QueueFixture.at(1));

    @ParameterizedTest
    @CsvSource({
        // the verdict, on which job the queue stands, and what becomes of job 1
        "AWAY, , PENDING, ",
        "AWAY, 1, PROCESSING_STOPPED, PRINTER_STOPPED",
        "AWAY, 2, PENDING, ",
        "PASSING, , PENDING, ",
        "IN_DOUBT, , PENDING_HELD, DELIVERY_IN_DOUBT",
        "POISONED, , ABORTED, QUARANTINED",
        "UNWELL, , PROCESSING_STOPPED, PRINTER_STOPPED",
        "UNWELL, 1, PROCESSING_STOPPED, PRINTER_STOPPED",
        "UNWELL, 2, PENDING, "
    })
    void saysWhatBecomesOfTheJob(
            Verdict verdict, @Nullable Integer stoppedOn, JobState state, @Nullable JobReason reason) {
        PrintJob after = verdict.follow(SENDING, stoppedOn, QueueFixture.at(2));

        assertThat(after.state()).isEqualTo(state);
        if (reason == null) {
            assertThat(after.reasons()).isEmpty();
        } else {
            assertThat(after.reasons()).contains(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POISONED, NETWORK, job",
        "IN_DOUBT, PRINTER, in-doubt",
        "AWAY, NETWORK, network",
        "AWAY, PRINTER, printer",
        "PASSING, PLATEN, printer",
        "UNWELL, NETWORK, network"
    })
    void saysWhoseFaultItWas(Verdict verdict, EndedBy endedBy, String fault) {
        assertThat(verdict.fault(endedBy)).isEqualTo(fault);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatHappensNextInASentence(Verdict verdict) {
        assertThat(verdict.next()).matches("[A-Z].*\\.");
    }
}
