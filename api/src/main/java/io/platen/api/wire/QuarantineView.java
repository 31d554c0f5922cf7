package io.platen.api.wire;

import io.platen.api.wire.JobView.AttemptView;
import io.platen.printer.diagnosis.TranscriptEntry;
import io.platen.spooler.job.JobAttempt;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure storage entry as clients see it.
 *
 * @param history the attempts; only in the view of a single entry
 * @param transcript of the attempt that decided; only in the view of a single entry
 */
public record QuarantineView(
        String printer,
        int job,
        @Nullable String name,
        @Nullable Instant quarantinedAt,
        @Nullable FailureView failure,
        int attempts,
        long size,
        String sha256,
        @Nullable List<AttemptView> history,
        @Nullable List<TranscriptEntry> transcript) {

    /** The view for lists, without history and transcript. */
    public static QuarantineView of(PrinterId printer, PrintJob job) {
        return view(printer, job, false);
    }

    /** This view without the records of what happened on the network. */
    public QuarantineView withoutTranscripts() {
        return new QuarantineView(
                printer,
                job,
                name,
                quarantinedAt,
                failure,
                attempts,
                size,
                sha256,
                history == null
                        ? null
                        : history.stream().map(AttemptView::withoutTranscript).toList(),
                null);
    }

    /** The view with history and transcript. */
    public static QuarantineView whole(PrinterId printer, PrintJob job) {
        return view(printer, job, true);
    }

    private static QuarantineView view(PrinterId printer, PrintJob job, boolean whole) {
        JobAttempt decisive = job.lastFailedAttempt().orElse(null);
        var failure = decisive == null ? null : decisive.failure();
        return new QuarantineView(
                printer.value(),
                job.number(),
                job.ticket().name(),
                job.quarantinedAt(),
                failure == null || decisive == null ? null : FailureView.of(failure, Verdict.POISONED),
                job.attempts().size(),
                job.ticket().document().size(),
                job.ticket().document().sha256(),
                whole ? job.attempts().stream().map(AttemptView::whole).toList() : null,
                whole && failure != null ? failure.transcript() : null);
    }
}
