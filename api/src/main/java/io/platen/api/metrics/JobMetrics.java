package io.platen.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptCanceled;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts jobs and attempts as their events are stored. */
final class JobMetrics {
    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Counter submitted;
    private final Counter bytes;

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.submitted = Counter.builder("platen.jobs.submitted")
                .description("Jobs accepted")
                .register(registry);
        this.bytes = Counter.builder("platen.printed.bytes")
                .description("Bytes of print data written to printers, repeated ones too")
                .register(registry);
    }

    void published(PrinterId printer, QueueState state, List<PrinterEvent> events) {
        Set<Integer> ended = new HashSet<>();
        for (PrinterEvent event : events) {
            if (!(event instanceof JobEvent about)) {
                continue;
            }
            PrintJob job = state.jobs().find(about.job()).orElse(null);
            if (event instanceof JobSubmitted) {
                submitted.increment();
            } else if (event instanceof AttemptDelivered delivered) {
                attempt(job, delivered.attempt(), "delivered", NONE, delivered.bytes(), delivered.at());
            } else if (event instanceof AttemptFailed failed) {
                attempt(
                        job,
                        failed.attempt(),
                        failed.outcome().keyword(),
                        failed.failure().cause().keyword(),
                        failed.failure().bytes(),
                        failed.at());
            } else if (event instanceof AttemptCanceled canceled) {
                attempt(job, canceled.attempt(), "canceled", NONE, canceled.bytes(), canceled.at());
            }
            if (job != null && about.at().equals(job.endedAt()) && ended.add(job.number())) {
                ended(job, about.at());
            }
        }
    }

    private void ended(PrintJob job, Instant at) {
        String cause = job.isQuarantined()
                ? job.lastFailedAttempt()
                        .map(JobAttempt::failure)
                        .map(failure -> failure.cause().keyword())
                        .orElse(NONE)
                : NONE;
        String state = job.state().keyword();
        Counter.builder("platen.jobs.ended")
                .description("Jobs that ended, by state and cause of failure")
                .tags("state", state, "cause", cause)
                .register(registry)
                .increment();
        ServerMetrics.timer(
                        registry, "platen.job.duration", "From acceptance to the end of a job", Tags.of("state", state))
                .record(between(job.submittedAt(), at));
    }

    private void attempt(
            @Nullable PrintJob job, int number, String outcome, String cause, ByteCounts counts, Instant at) {
        Counter.builder("platen.attempts")
                .description("Attempts that ended, by outcome and cause of failure")
                .tags("outcome", outcome, "cause", cause)
                .register(registry)
                .increment();
        if (!counts.areUnknown()) {
            bytes.increment((double) counts.written());
        }
        if (job != null) {
            job.attempts().stream()
                    .filter(attempt -> attempt.number() == number)
                    .findFirst()
                    .ifPresent(attempt -> ServerMetrics.timer(
                                    registry,
                                    "platen.attempt.duration",
                                    "From the start to the end of an attempt",
                                    Tags.of("outcome", outcome))
                            .record(between(attempt.startedAt(), at)));
        }
    }

    private static Duration between(Instant start, Instant end) {
        Duration took = Duration.between(start, end);
        return took.isNegative() ? Duration.ZERO : took;
    }
}
