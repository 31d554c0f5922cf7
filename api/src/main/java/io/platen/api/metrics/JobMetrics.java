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
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.SomeEvents;
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
                .description("Bytes of print data written to printers, repeated bytes included")
                .register(registry);
    }

    void published(PrinterId printer, QueueState state, List<PrinterEvent> events) {
        Set<Integer> ended = new HashSet<>();
        for (PrinterEvent event : events) {
            PrintJob job = event.aboutAJob()
                    .flatMap(about -> state.jobs().find(about.job()))
                    .orElse(null);
            event.accept(new Counting(job)).run();
            // Several events can have the time of a job's end; the job is counted once.
            if (job != null && event.at().equals(job.endedAt()) && ended.add(job.number())) {
                ended(job, event.at());
            }
        }
    }

    private final class Counting extends SomeEvents<Runnable> {
        private final @Nullable PrintJob job;

        Counting(@Nullable PrintJob job) {
            this.job = job;
        }

        @Override
        public Runnable jobSubmitted(JobSubmitted event) {
            return submitted::increment;
        }

        @Override
        public Runnable attemptDelivered(AttemptDelivered event) {
            return () -> attempt(job, event.attempt(), "delivered", NONE, event.bytes(), event.at());
        }

        @Override
        public Runnable attemptFailed(AttemptFailed event) {
            return () -> attempt(
                    job,
                    event.attempt(),
                    event.outcome().keyword(),
                    event.failure().cause().keyword(),
                    event.failure().bytes(),
                    event.at());
        }

        @Override
        public Runnable attemptCanceled(AttemptCanceled event) {
            return () -> attempt(job, event.attempt(), "canceled", NONE, event.bytes(), event.at());
        }

        @Override
        protected Runnable other(PrinterEvent event) {
            return () -> {};
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
