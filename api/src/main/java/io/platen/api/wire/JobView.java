package io.platen.api.wire;

import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.JobReason;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrintJob;
import java.time.Instant;
import java.util.ArrayList;
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
        @Nullable LabelsView labels,
        List<AttemptView> attempts) {

    /** {@code total} counts the labels of all copies. */
    public record LabelsView(long total) {}

    /**
     * An attempt as clients see it.
     *
     * @param bytes counts of a running attempt may be a second old
     * @param lastWords what the printer said during a successful attempt; the failure has those of a failed one
     * @param transcript only in the view of a single job, for attempts with a failure or a warning
     */
    public record AttemptView(
            int number,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String rung,
            @Nullable ByteCounts bytes,
            @Nullable FailureView failure,
            @Nullable LastWords lastWords,
            @Nullable List<TranscriptEntry> transcript) {

        static AttemptView whole(JobAttempt attempt) {
            return view(attempt, null, true);
        }

        AttemptView withoutTranscript() {
            return new AttemptView(number, startedAt, endedAt, outcome, rung, bytes, failure, lastWords, null);
        }

        private static AttemptView view(JobAttempt attempt, @Nullable ByteCounts soFar, boolean whole) {
            ByteCounts bytes = attempt.outcome() == null ? soFar : attempt.bytes();
            var kept = attempt.failure() == null ? null : attempt.failure().transcript();
            return new AttemptView(
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.endedAt(),
                    attempt.outcome() == null ? null : attempt.outcome().keyword(),
                    attempt.rung() == null ? null : attempt.rung().keyword(),
                    bytes == null || bytes.areUnknown() ? null : bytes,
                    attempt.failure() == null ? null : FailureView.of(attempt.failure(), attempt.verdict()),
                    attempt.lastWords(),
                    whole && kept != null && !kept.isEmpty() ? kept : null);
        }
    }

    /** The view for lists, without transcripts. */
    public static JobView of(PrinterStatus printer, PrintJob job) {
        return view(printer, job, false);
    }

    /** The view with the transcripts of the attempts, as far as they are kept. */
    public static JobView whole(PrinterStatus printer, PrintJob job) {
        return view(printer, job, true);
    }

    private static List<String> reasons(PrinterStatus printer, PrintJob job, boolean stalled) {
        var reasons = new ArrayList<String>();
        (stalled ? List.of(JobReason.PRINTER_STOPPED) : job.reasons()).forEach(reason -> reasons.add(reason.keyword()));
        if (job.state() == JobState.PROCESSING && printer.line().unansweredSince() != null) {
            reasons.add(PrinterView.STATUS_QUERY_UNANSWERED);
        }
        if (job.isFormatIncomplete()) {
            reasons.add(JobReason.DOCUMENT_FORMAT_INCOMPLETE.keyword());
        }
        return reasons;
    }

    /** The bytes sent so far by a running attempt. */
    private static @Nullable ByteCounts soFar(PrinterStatus printer, PrintJob job, JobAttempt attempt) {
        var sending = printer.line().sending();
        return sending != null && sending.attempt().equals(new AttemptId(job.number(), attempt.number()))
                ? sending.bytes()
                : null;
    }

    private static JobView view(PrinterStatus printer, PrintJob job, boolean whole) {
        JobTicket ticket = job.ticket();
        boolean stalled = job.state() == JobState.PROCESSING && printer.line().stalledSince() != null;
        return new JobView(
                job.number(),
                printer.id().value(),
                ticket.name(),
                (stalled ? JobState.PROCESSING_STOPPED : job.state()).keyword(),
                reasons(printer, job, stalled),
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
                ticket.labels() == null ? null : new LabelsView(ticket.labels().totalOf(ticket.copies())),
                job.attempts().stream()
                        .map(attempt -> AttemptView.view(attempt, soFar(printer, job, attempt), whole))
                        .toList());
    }
}
