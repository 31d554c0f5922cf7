package io.platen.api.http.failures;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.http.request.JsonFields;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.Query;
import io.platen.printer.diagnosis.Cause;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects entries of failure storage.
 *
 * @param cause a keyword of docs/failures.md
 * @param since the earliest time of quarantine
 */
record FailureFilter(@Nullable String printer, @Nullable String cause, Instant since) {
    private static final Set<String> FIELDS = Set.of("printer", "cause", "since");

    record FailedJob(PrinterId printer, PrintJob job, Instant quarantinedAt) {
        /** Newest first. Ties are broken, so that every page has the same order. */
        static final Comparator<FailedJob> ORDER = Comparator.comparing(FailedJob::quarantinedAt)
                .reversed()
                .thenComparing(entry -> entry.printer().value())
                .thenComparing(entry -> entry.job().number(), Comparator.reverseOrder());

        String key() {
            return quarantinedAt.toEpochMilli() + "/" + printer + "/" + job.number();
        }
    }

    static FailureFilter of(@Nullable String printer, @Nullable String cause, @Nullable String since) {
        String known = cause == null
                ? null
                : Query.keyword(cause, Cause.values(), Cause::keyword, "cause").keyword();
        return new FailureFilter(printer, known, Query.since(since));
    }

    /** Reads a filter from a JSON object, which may have the {@code others} as fields, too. */
    static FailureFilter of(JsonNode body, Set<String> others) {
        var known = new HashSet<>(others);
        known.addAll(FIELDS);
        JsonFields.requireOnly(body, known, "filter");
        return of(JsonFields.text(body, "printer"), JsonFields.text(body, "cause"), JsonFields.text(body, "since"));
    }

    /** Newest first. */
    List<FailedJob> entries(Lookup lookup) {
        Stream<PrinterStatus> printers =
                printer == null ? lookup.board().all().stream() : Stream.of(lookup.printer(printer));
        return printers.flatMap(FailureFilter::entries)
                .filter(entry -> cause == null || cause.equals(cause(entry.job())))
                .filter(entry -> !entry.quarantinedAt().isBefore(since))
                .sorted(FailedJob.ORDER)
                .toList();
    }

    private static Stream<FailedJob> entries(PrinterStatus printer) {
        return printer.queue()
                .jobs()
                .quarantined()
                .map(job -> new FailedJob(printer.id(), job, Objects.requireNonNull(job.quarantinedAt())));
    }

    private static @Nullable String cause(PrintJob job) {
        return job.lastFailedAttempt()
                .flatMap(attempt -> Optional.ofNullable(attempt.failure()))
                .map(failure -> failure.cause().keyword())
                .orElse(null);
    }
}
