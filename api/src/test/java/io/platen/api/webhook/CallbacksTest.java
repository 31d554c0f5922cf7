package io.platen.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobQuarantined;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who hears of which job, and for how long that is remembered. */
final class CallbacksTest {
    private static final PrinterId DOCK = new PrinterId("dock-1");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HOOK = "https://hook.example.org/";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Callbacks callbacks = Callbacks.of(new StatusBoard());
    private long id;

    @Test
    void jobIsHeardOfToItsEndAndRememberedNoLonger() {
        assertThat(tell(submitted(1, HOOK, TRACE)).urls()).containsExactly(HOOK);
        assertThat(callbacks.jobs()).isEqualTo(1);

        var end = tell(new AttemptDelivered(1, 1, Rung.CLOSED, new ByteCounts(9, 9L, 9), null, null, NOON));
        assertThat(end.urls()).containsExactly(HOOK);
        assertThat(end.traceparent()).isEqualTo(TRACE);
        assertThat(callbacks.jobs()).isZero();
    }

    /** A day of jobs with a trace and nothing else must not fill the memory. */
    @Test
    void nothingIsLeftOfJobsThatHaveEnded() {
        for (int job = 1; job <= 10_000; job++) {
            tell(submitted(job, job % 2 == 0 ? HOOK : null, TRACE));
            tell(
                    job % 3 == 0
                            ? new JobCanceled(job, NOON, null)
                            : job % 3 == 1
                                    ? new JobQuarantined(job, NOON)
                                    : new AttemptDelivered(
                                            job, 1, Rung.CLOSED, new ByteCounts(9, 9L, 9), null, null, NOON));
        }
        assertThat(callbacks.jobs()).isZero();
    }

    private Callbacks.Told tell(PrinterEvent event) {
        return callbacks.told(new Published(++id, DOCK, event));
    }

    private static JobSubmitted submitted(int job, @Nullable String callback, String trace) {
        var document = new StoredDocument("id", 9, "aa");
        var ticket = new JobTicket(null, document, null, 1, 50, null, null, callback, trace, null, null);
        return new JobSubmitted(job, ticket, false, NOON, null);
    }
}
