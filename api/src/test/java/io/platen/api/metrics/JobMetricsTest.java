package io.platen.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobAttempt.Outcome;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each job and each attempt is counted once, when its event is stored. */
final class JobMetricsTest {
    private static final PrinterId DOCK = new PrinterId("dock-1");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMetrics metrics = new JobMetrics(registry);
    private QueueState state = QueueState.empty(10);

    @Test
    void deliveredJobIsCountedWithItsBytesAndTimes() {
        publish(submitted(1));
        publish(new AttemptStarted(1, 1, NOON.plusSeconds(2)));
        publish(new AttemptDelivered(1, 1, Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, NOON.plusSeconds(5)));

        assertThat(count("platen.jobs.submitted")).isEqualTo(1);
        assertThat(count("platen.jobs.ended", "state", "completed", "cause", "none"))
                .isEqualTo(1);
        assertThat(count("platen.attempts", "outcome", "delivered", "cause", "none"))
                .isEqualTo(1);
        assertThat(count("platen.printed.bytes")).isEqualTo(10);
        assertThat(seconds("platen.job.duration")).isEqualTo(5);
        assertThat(seconds("platen.attempt.duration")).isEqualTo(3);
    }

    @Test
    void failedAttemptEndsNoJobThatIsTriedAgain() {
        publish(submitted(1));
        publish(new AttemptStarted(1, 1, NOON));
        publish(failed(Cause.CONNECTION_RESET, Verdict.PASSING));

        assertThat(count("platen.attempts", "outcome", "failed", "cause", "connection-reset"))
                .isEqualTo(1);
        assertThat(registry.find("platen.jobs.ended").counter()).isNull();
    }

    @Test
    void quarantinedJobIsCountedByItsCause() {
        publish(submitted(1));
        publish(new AttemptStarted(1, 1, NOON));
        publish(failed(Cause.PRINTER_REJECTED, Verdict.POISONED));

        assertThat(count("platen.jobs.ended", "state", "aborted", "cause", "printer-rejected"))
                .isEqualTo(1);
    }

    @Test
    void canceledJobThatNeverStartedHasNoAttempt() {
        publish(submitted(1));
        publish(new JobCanceled(1, NOON.plusSeconds(9), null));

        assertThat(count("platen.jobs.ended", "state", "canceled", "cause", "none"))
                .isEqualTo(1);
        assertThat(registry.find("platen.attempts").counter()).isNull();
    }

    /** The clock may be set back between two events. */
    @Test
    void jobThatEndedBeforeItBeganTookNoTime() {
        publish(submitted(1));
        publish(new JobCanceled(1, NOON.minusSeconds(9), null));

        assertThat(seconds("platen.job.duration")).isZero();
    }

    private void publish(PrinterEvent event) {
        state = state.after(event);
        metrics.published(DOCK, state, List.of(event));
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double seconds(String timer) {
        return registry.get(timer).timer().totalTime(TimeUnit.SECONDS);
    }

    private static JobSubmitted submitted(int job) {
        var document = new StoredDocument("id", 10, "aa");
        var ticket = new JobTicket(null, document, null, 1, 50, null, null, null, null, null, null);
        return new JobSubmitted(job, ticket, false, NOON, null);
    }

    private static AttemptFailed failed(Cause cause, Verdict verdict) {
        var failure = new DeliveryFailure(
                cause,
                EndedBy.PRINTER,
                Confidence.LIKELY,
                null,
                "why",
                new ByteCounts(10, 0L, 10),
                null,
                null,
                NOON,
                List.of(),
                null,
                null);
        return new AttemptFailed(1, 1, null, failure, Outcome.FAILED, verdict, NOON.plusSeconds(1));
    }
}
