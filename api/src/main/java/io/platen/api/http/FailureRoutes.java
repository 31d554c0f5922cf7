package io.platen.api.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamConverters;
import akka.util.ByteString;
import io.platen.api.evidence.EvidenceZip;
import io.platen.api.wire.QuarantineView;
import io.platen.printer.diagnosis.Cause;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/failures} and {@code /v1/printers/{printer}/failures}: failure storage. */
final class FailureRoutes extends AllDirectives {
    private static final Logger log = LoggerFactory.getLogger(FailureRoutes.class);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(30);
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final int LONGEST_REASON = 1000;

    /** The wire form of a list. */
    record FailureList(
            List<QuarantineView> failures, @Nullable String next) {}

    private record Entry(PrinterId printer, PrintJob job, Instant quarantinedAt) {
        /** Newest first; the same order in every page. */
        static final Comparator<Entry> ORDER = Comparator.comparing(Entry::quarantinedAt)
                .reversed()
                .thenComparing(entry -> entry.printer().value())
                .thenComparing(entry -> entry.job().number(), Comparator.reverseOrder());

        String key() {
            return quarantinedAt.toEpochMilli() + "/" + printer + "/" + job.number();
        }
    }

    private final Access access;

    FailureRoutes(Access access) {
        this.access = access;
    }

    /** Of all printers. */
    Route all() {
        return pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> {
            String printer = Access.query(request, "printer");
            var printers =
                    printer == null ? access.spooler().board().all().stream() : Stream.of(access.printer(printer));
            return complete(list(printers, request));
        })));
    }

    /** Of one printer. */
    Route ofPrinter() {
        return pathPrefix(
                segment().slash("failures"),
                printer -> concat(
                        pathEndOrSingleSlash(() -> get(() -> extractRequest(
                                request -> complete(list(Stream.of(access.printer(printer)), request))))),
                        path(
                                segment(),
                                job -> concat(
                                        get(() -> complete(show(printer, job))),
                                        delete(() -> extractRequest(
                                                request -> completeWithFuture(discard(printer, job, request)))))),
                        path(segment().slash("evidence"), job -> get(() -> complete(evidence(printer, job)))),
                        path(
                                segment().slash("resubmit"),
                                job -> post(() -> extractRequest(
                                        request -> completeWithFuture(resubmit(printer, job, request)))))));
    }

    private HttpResponse list(Stream<PrinterStatus> printers, HttpRequest request) {
        String cause = cause(request);
        Instant since = since(Access.query(request, "since"));
        int limit = Access.number(request, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        String cursor = Access.query(request, "after");
        var entries = printers.filter(printer -> printer.queue().jobs().counts().failed() > 0)
                .flatMap(FailureRoutes::entries)
                .filter(entry -> cause == null || cause.equals(cause(entry.job())))
                .filter(entry -> !entry.quarantinedAt().isBefore(since))
                .sorted(Entry.ORDER)
                .toList();
        int from = cursor == null ? 0 : position(entries, Cursor.decode(cursor));
        int to = Math.min(entries.size(), from + limit);
        var page = entries.subList(from, to).stream()
                .map(entry -> QuarantineView.of(entry.printer(), entry.job()))
                .toList();
        String next = to < entries.size() ? Cursor.encode(entries.get(to - 1).key()) : null;
        return Responses.json(200, new FailureList(page, next));
    }

    /** Behind the entry where the last page ended, also when that entry is gone. */
    private static int position(List<Entry> entries, String key) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().equals(key)) {
                return i + 1;
            }
        }
        long at;
        try {
            at = Long.parseLong(key.substring(0, Math.max(0, key.indexOf('/'))));
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The cursor is none of ours.", "after");
        }
        return (int) entries.stream()
                .filter(entry -> entry.quarantinedAt().toEpochMilli() >= at)
                .count();
    }

    private static Stream<Entry> entries(PrinterStatus printer) {
        return printer.queue().jobs().all().stream()
                .filter(PrintJob::isQuarantined)
                .map(job -> new Entry(printer.id(), job, Objects.requireNonNull(job.quarantinedAt())));
    }

    private static @Nullable String cause(HttpRequest request) {
        String wanted = Access.query(request, "cause");
        return wanted == null
                ? null
                : Access.keyword(wanted, Cause.values(), Cause::keyword, "cause")
                        .keyword();
    }

    private static @Nullable String cause(PrintJob job) {
        return job.lastFailedAttempt()
                .flatMap(attempt -> Optional.ofNullable(attempt.failure()))
                .map(failure -> failure.cause().keyword())
                .orElse(null);
    }

    private static Instant since(@Nullable String text) {
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

    private PrintJob failure(PrinterStatus printer, String number) {
        PrintJob job = access.job(printer, number);
        if (!job.isQuarantined()) {
            throw new ProblemException(
                    ProblemType.NO_SUCH_FAILURE, "Job " + job.number() + " is not in failure storage.");
        }
        return job;
    }

    private HttpResponse show(String id, String number) {
        PrinterStatus printer = access.printer(id);
        return Responses.json(200, QuarantineView.whole(printer.id(), failure(printer, number)));
    }

    /** Streamed from the failure's folder, whatever its size. */
    private HttpResponse evidence(String id, String number) {
        PrinterStatus printer = access.printer(id);
        int job = failure(printer, number).number();
        Path folder = access.spooler()
                .failureFolder(printer.id(), job)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.EVIDENCE_PENDING,
                        "The evidence of job " + job + " is being put together. Try again in a moment."));
        String name = printer.id() + "-" + job;
        var written = new CompletableFuture<ByteString>();
        Source<ByteString, ?> zip = StreamConverters.asOutputStream(WRITE_PATIENCE)
                .mapMaterializedValue(out -> {
                    access.evidence().execute(() -> write(folder, name, out, written));
                    return NotUsed.getInstance();
                })
                .concat(Source.completionStage(written));
        return HttpResponse.create()
                .addHeader(RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + ".zip\""))
                .withEntity(HttpEntities.createChunked(ContentTypes.create(MediaTypes.APPLICATION_ZIP), zip));
    }

    /** What cannot be sent whole is cut off: a zip that ends in order is whole. */
    private static void write(Path folder, String name, OutputStream out, CompletableFuture<ByteString> written) {
        try (out) {
            EvidenceZip.write(folder, name, out);
            written.complete(ByteString.emptyByteString());
        } catch (IOException | RuntimeException e) {
            log.info("The evidence of {} was not sent whole: {}", name, e.getMessage());
            written.completeExceptionally(e);
        }
    }

    private CompletionStage<HttpResponse> discard(String id, String number, HttpRequest request) {
        PrinterStatus printer = access.printer(id);
        PrintJob job = failure(printer, number);
        String reason = Access.query(request, "reason");
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "A reason may have " + LONGEST_REASON + " characters.", "reason");
        }
        return access.ask(
                printer.id(),
                new Request.Discard(job.number(), reason),
                done -> HttpResponse.create().withStatus(204));
    }

    private CompletionStage<HttpResponse> resubmit(String id, String number, HttpRequest request) {
        PrinterStatus printer = access.printer(id);
        PrintJob job = failure(printer, number);
        String target = Access.query(request, "to");
        PrinterId to = target == null ? printer.id() : access.printer(target).id();
        access.requireDocument(printer, job);
        return access.spooler()
                .resubmit(new JobRef(printer.id(), job.number()), job, to)
                .thenApplyAsync(
                        reply -> reply.fold(done -> access.submitted(to, done), Responses::refused), access.executor());
    }
}
