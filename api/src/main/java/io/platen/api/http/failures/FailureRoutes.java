package io.platen.api.http.failures;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.pattern.Patterns;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamConverters;
import akka.util.ByteString;
import io.platen.api.evidence.EvidenceZip;
import io.platen.api.http.failures.FailureFilter.FailedJob;
import io.platen.api.http.jobs.Accepted;
import io.platen.api.http.jobs.JobAnswers;
import io.platen.api.http.jobs.KeptDocuments;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.problem.SecurityHeaders;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Cursor;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.OnDisk;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.Queues;
import io.platen.api.wire.QuarantineView;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/failures} and {@code /v1/printers/{printer}/failures}: failure storage. */
public final class FailureRoutes extends AllDirectives {
    private static final Logger log = LoggerFactory.getLogger(FailureRoutes.class);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int FOLDER_LOOKS = 40;
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final int LONGEST_REASON = 1000;

    record FailureList(
            List<QuarantineView> failures, @Nullable String next) {}

    private final ActorSystem<?> system;
    private final Spooler spooler;
    private final OnDisk disk;
    private final OnDisk atTheReadersPace;
    private final Executor executor;
    private final Lookup lookup;
    private final Queues queues;

    public FailureRoutes(ActorSystem<?> system, Spooler spooler) {
        this.system = system;
        this.spooler = spooler;
        this.disk = OnDisk.of(system);
        this.atTheReadersPace = OnDisk.atTheReadersPace(system);
        this.executor = system.executionContext();
        this.lookup = new Lookup(spooler.board());
        this.queues = new Queues(spooler, executor);
    }

    public Route all() {
        return pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> {
            String printer = Query.text(request, "printer");
            Callers.requirePrinters(request, printer == null ? List.of() : List.of(printer));
            return complete(list(printer, request));
        })));
    }

    public Route ofPrinter() {
        return pathPrefix(
                segment().slash("failures"),
                printer -> concat(
                        pathEndOrSingleSlash(() ->
                                get(() -> extractRequest(request -> complete(list(printer, request))))),
                        path(
                                segment(),
                                job -> concat(
                                        get(() -> complete(show(printer, job))),
                                        delete(() -> extractRequest(
                                                request -> completeWithFuture(discard(printer, job, request)))))),
                        path(segment().slash("evidence"), job -> get(() -> completeWithFuture(evidence(printer, job)))),
                        path(
                                segment().slash("resubmit"),
                                job -> post(() -> extractRequest(
                                        request -> completeWithFuture(resubmit(printer, job, request)))))));
    }

    private HttpResponse list(@Nullable String printer, HttpRequest request) {
        var entries = FailureFilter.of(printer, Query.text(request, "cause"), Query.text(request, "since"))
                .entries(lookup);
        int limit = Query.number(request, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        String cursor = Query.text(request, "after");
        int from = cursor == null ? 0 : position(entries, Cursor.decode(cursor));
        int to = Math.min(entries.size(), from + limit);
        var page = entries.subList(from, to).stream()
                .map(entry -> QuarantineView.of(entry.printer(), entry.job()))
                .toList();
        String next = to < entries.size() ? Cursor.encode(entries.get(to - 1).key()) : null;
        return Responses.json(200, new FailureList(page, next));
    }

    /** The index after the entry where the last page ended. That entry may be gone. */
    private static int position(List<FailedJob> entries, String key) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().equals(key)) {
                return i + 1;
            }
        }
        long at;
        try {
            at = Long.parseLong(key.substring(0, Math.max(0, key.indexOf('/'))));
        } catch (NumberFormatException e) {
            throw Cursor.invalid();
        }
        return (int) entries.stream()
                .filter(entry -> entry.quarantinedAt().toEpochMilli() >= at)
                .count();
    }

    private PrintJob failure(PrinterStatus printer, String number) {
        PrintJob job = Lookup.job(printer, number);
        if (!job.isQuarantined()) {
            throw new ProblemException(
                    ProblemType.NO_SUCH_FAILURE, "Job " + job.number() + " is not in failure storage.");
        }
        return job;
    }

    private HttpResponse show(String id, String number) {
        PrinterStatus printer = lookup.printer(id);
        return Responses.json(200, QuarantineView.whole(printer.id(), failure(printer, number)));
    }

    /** Streams the failure's folder as a zip of any size. */
    private CompletionStage<HttpResponse> evidence(String id, String number) {
        PrinterStatus printer = lookup.printer(id);
        int job = failure(printer, number).number();
        return folder(printer.id(), job, FOLDER_LOOKS)
                .thenApplyAsync(folder -> zip(folder, printer.id() + "-" + job), executor);
    }

    /** The folder follows its event within milliseconds: whoever asks in between need not ask again. */
    private CompletionStage<Path> folder(PrinterId printer, int job, int looks) {
        return disk.ask(() -> spooler.failureFolder(printer, job))
                .thenComposeAsync(
                        found -> {
                            if (found.isPresent()) {
                                return CompletableFuture.completedStage(found.get());
                            }
                            if (looks > 1) {
                                return Patterns.after(LOOK_EVERY, system, () -> folder(printer, job, looks - 1));
                            }
                            throw new ProblemException(
                                    ProblemType.EVIDENCE_PENDING,
                                    "The evidence of job " + job + " is being collected. Try again in a moment.");
                        },
                        executor);
    }

    private HttpResponse zip(Path folder, String name) {
        var written = new CompletableFuture<ByteString>();
        Source<ByteString, ?> zip = StreamConverters.asOutputStream(WRITE_PATIENCE)
                .mapMaterializedValue(out -> {
                    atTheReadersPace.execute(() -> write(folder, name, out, written));
                    return NotUsed.getInstance();
                })
                .concat(Source.completionStage(written));
        var response = HttpResponse.create()
                .withEntity(HttpEntities.createChunked(ContentTypes.create(MediaTypes.APPLICATION_ZIP), zip));
        return SecurityHeaders.asFile(response, name + ".zip");
    }

    /** If the zip cannot be completed, the stream fails, so that a client never takes a part for the whole. */
    private static void write(Path folder, String name, OutputStream out, CompletableFuture<ByteString> written) {
        try (out) {
            EvidenceZip.write(folder, name, out);
            written.complete(ByteString.emptyByteString());
        } catch (IOException | RuntimeException e) {
            log.info("The evidence of {} was not sent completely: {}", name, e.getMessage());
            written.completeExceptionally(e);
        }
    }

    private CompletionStage<HttpResponse> discard(String id, String number, HttpRequest request) {
        PrinterStatus printer = lookup.printer(id);
        PrintJob job = failure(printer, number);
        String reason = reason(Query.text(request, "reason"));
        return queues.ask(
                request,
                printer.id(),
                new Request.Discard(job.number(), reason),
                done -> HttpResponse.create().withStatus(204));
    }

    /** Refuses a reason that is too long. */
    static @Nullable String reason(@Nullable String reason) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "'reason' may have at most " + LONGEST_REASON + " characters.",
                    "reason");
        }
        return reason;
    }

    private CompletionStage<HttpResponse> resubmit(String id, String number, HttpRequest request) {
        PrinterStatus printer = lookup.printer(id);
        PrintJob job = failure(printer, number);
        String target = Query.text(request, "to");
        PrinterId to = target == null ? printer.id() : lookup.printer(target).id();
        String who = Callers.of(request).key();
        return new KeptDocuments(spooler, disk)
                .require(printer, job)
                .thenComposeAsync(
                        kept -> spooler.transfers().by(who).resubmit(new JobRef(printer.id(), job.number()), job, to),
                        executor)
                .thenApplyAsync(
                        reply -> new JobAnswers(spooler.board()).submitted(Accepted.of(to, Queues.done(reply))),
                        executor);
    }
}
