package io.platen.api.wire;

import io.platen.printer.diagnosis.ByteCounts;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.JobReason;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job as clients see it. */
public record JobView(
        int id,
        String printer,
        @Nullable String name,
        String state,
        List<String> stateReasons,
        int priority,
        int copies,
        long size,
        String sha256,
        @Nullable String contentType,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String idempotencyKey,
        @Nullable JobRef retryOf,
        @Nullable String rung,
        List<AttemptView> attempts) {

    /** An attempt as clients see it. */
    public record AttemptView(
            int number,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String rung,
            @Nullable ByteCounts bytes,
            @Nullable FailureView failure) {

        static AttemptView of(JobAttempt attempt) {
            return new AttemptView(
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.endedAt(),
                    attempt.outcome() == null ? null : attempt.outcome().keyword(),
                    attempt.rung() == null ? null : attempt.rung().keyword(),
                    attempt.bytes() == null || attempt.bytes().areUnknown() ? null : attempt.bytes(),
                    attempt.failure() == null ? null : FailureView.of(attempt.failure(), attempt.verdict()));
        }
    }

    /** A job of this printer. */
    public static JobView of(PrinterStatus printer, PrintJob job) {
        JobTicket ticket = job.ticket();
        boolean stalled = job.state() == JobState.PROCESSING && printer.line().stalledSince() != null;
        return new JobView(
                job.number(),
                printer.id().value(),
                ticket.name(),
                (stalled ? JobState.PROCESSING_STOPPED : job.state()).keyword(),
                (stalled ? List.of(JobReason.PRINTER_STOPPED) : job.reasons())
                        .stream().map(JobReason::keyword).toList(),
                ticket.priority(),
                ticket.copies(),
                ticket.document().size(),
                ticket.document().sha256(),
                ticket.contentType(),
                job.submittedAt(),
                job.startedAt(),
                job.endedAt(),
                ticket.idempotencyKey(),
                ticket.retryOf(),
                job.rung() == null ? null : job.rung().keyword(),
                job.attempts().stream().map(AttemptView::of).toList());
    }
}
