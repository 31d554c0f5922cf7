package io.platen.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.printer.diagnosis.Cause;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of failure storage are meant.
 *
 * @param cause a keyword of docs/failures.md
 * @param since quarantined then or later
 */
record FailureFilter(@Nullable String printer, @Nullable String cause, Instant since) {

    /** An entry, for lists that are in order. */
    record Entry(PrinterId printer, PrintJob job, Instant quarantinedAt) {
        /** Newest first; the same order in every page. */
        static final Comparator<Entry> ORDER = Comparator.comparing(Entry::quarantinedAt)
                .reversed()
                .thenComparing(entry -> entry.printer().value())
                .thenComparing(entry -> entry.job().number(), Comparator.reverseOrder());

        String key() {
            return quarantinedAt.toEpochMilli() + "/" + printer + "/" + job.number();
        }
    }

    /** Of texts as callers give them. */
    static FailureFilter of(@Nullable String printer, @Nullable String cause, @Nullable String since) {
        String known = cause == null
                ? null
                : Access.keyword(cause, Cause.values(), Cause::keyword, "cause").keyword();
        return new FailureFilter(printer, known, since(since));
    }

    /** Of a JSON object; what else may be in it. */
    static FailureFilter of(JsonNode body, Set<String> others) {
        if (!body.isObject()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "The body is a JSON object with the filter.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!Set.of("printer", "cause", "since").contains(name) && !others.contains(name)) {
                throw new ProblemException(ProblemType.INVALID_FIELD, "There is no '" + name + "' in a filter.", name);
            }
        });
        return of(text(body, "printer"), text(body, "cause"), text(body, "since"));
    }

    /** A text of a JSON object, or null. */
    static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "'" + name + "' is a text.", name);
        }
        return value.asText();
    }

    /** A moment as RFC 3339 writes it; the beginning of time for null. */
    static Instant since(@Nullable String text) {
        if (text == null) {
            return Instant.MIN;
        }
        try {
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "'since' must be a time such as 2026-11-20T10:00:00Z (RFC 3339).",
                    "since");
        }
    }

    /** The entries that match, newest first. */
    List<Entry> entries(Access access) {
        Stream<PrinterStatus> printers =
                printer == null ? access.spooler().board().all().stream() : Stream.of(access.printer(printer));
        return printers.flatMap(FailureFilter::entries)
                .filter(entry -> cause == null || cause.equals(cause(entry.job())))
                .filter(entry -> !entry.quarantinedAt().isBefore(since))
                .sorted(Entry.ORDER)
                .toList();
    }

    private static Stream<Entry> entries(PrinterStatus printer) {
        return printer.queue()
                .jobs()
                .quarantined()
                .map(job -> new Entry(printer.id(), job, Objects.requireNonNull(job.quarantinedAt())));
    }

    private static @Nullable String cause(PrintJob job) {
        return job.lastFailedAttempt()
                .flatMap(attempt -> Optional.ofNullable(attempt.failure()))
                .map(failure -> failure.cause().keyword())
                .orElse(null);
    }
}
