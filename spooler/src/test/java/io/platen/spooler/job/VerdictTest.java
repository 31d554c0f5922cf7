package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.EndedBy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a job after an attempt, by its verdict and by whether the queue has stopped. */
final class VerdictTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** Stopped on 1 is this job itself, on 2 another one. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # verdict,  stopped on | state,          reason
              AWAY,     ,            PENDING,
              AWAY,     1,           PROCESSING_STOPPED, PRINTER_STOPPED
              AWAY,     2,           PENDING,
              PASSING,  ,            PENDING,
              PASSING,  1,           PENDING,
              IN_DOUBT, ,            PENDING_HELD,   DELIVERY_IN_DOUBT
              IN_DOUBT, 1,           PENDING_HELD,   DELIVERY_IN_DOUBT
              POISONED, ,            ABORTED,        ABORTED_BY_SYSTEM
              UNWELL,   ,            PROCESSING_STOPPED, PRINTER_STOPPED
              UNWELL,   1,           PROCESSING_STOPPED, PRINTER_STOPPED
              UNWELL,   2,           PENDING,
            """)
    void decidesWhereTheJobGoes(
            Verdict verdict, @Nullable Integer stoppedOn, JobState state, @Nullable JobReason reason) {
        var ticket = TicketFixture.of(new StoredDocument("id", 10, "aa"));
        var job = PrintJob.submitted(1, ticket, false, NOON, 1).attemptStarted(1, NOON);

        PrintJob after = verdict.follow(job, stoppedOn, NOON);

        assertThat(after.state()).isEqualTo(state);
        assertThat(after.isQuarantined()).isEqualTo(verdict == Verdict.POISONED);
        if (reason == null) {
            assertThat(after.reasons()).isEmpty();
        } else {
            assertThat(after.reasons()).contains(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POISONED, PRINTER, job",
        "POISONED, NETWORK, job",
        "IN_DOUBT, NETWORK, in-doubt",
        "AWAY, NETWORK, network",
        "AWAY, PRINTER, printer",
        "PASSING, PLATEN, printer",
        "UNWELL, NETWORK, network",
        "UNWELL, THIS_HOST, printer"
    })
    void saysWhoseFaultItWas(Verdict verdict, EndedBy endedBy, String fault) {
        assertThat(verdict.fault(endedBy)).isEqualTo(fault);
    }
}
