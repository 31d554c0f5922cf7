package io.platen.api.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Sink;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.document.StoredDocument;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/printers/{printer}/jobs}: streams the body to the disk, then asks the queue. What is
 * refused leaves no job and no document.
 */
final class Submission {
    /** So much of a refused body is read, so that its sender gets to read the answer. */
    private static final long READ_WHEN_REFUSED = 64L * 1024 * 1024;

    private static final Duration READ_WHEN_REFUSED_FOR = Duration.ofSeconds(5);
    private static final Duration NOTHING_MORE_COMES = Duration.ofMillis(300);
    private static final int LONGEST_TEXT = 255;
    private static final int MOST_COPIES = 9999;

    private final Access access;

    Submission(Access access) {
        this.access = access;
    }

    private record Wanted(
            PrinterId printer,
            @Nullable String name,
            int copies,
            int priority,
            boolean hold,
            @Nullable String key,
            @Nullable String sha256,
            @Nullable String contentType,
            OptionalLong length) {}

    CompletionStage<HttpResponse> submit(String printer, HttpRequest request, HttpEntity body) {
        Wanted wanted;
        try {
            wanted = wanted(access.printer(printer), request, body);
        } catch (ProblemException refused) {
            return answerAfterReading(request, body, refused.response());
        }
        return store(body).thenComposeAsync(document -> enqueue(wanted, document), access.executor());
    }

    /** A small body that came in one piece needs no stream. */
    private CompletionStage<StoredDocument> store(HttpEntity body) {
        var documents = access.spooler().documents();
        return body instanceof HttpEntity.Strict whole
                        && documents.isSmall(whole.getData().size())
                ? documents.storeSmall(whole.getData())
                : body.getDataBytes().runWith(documents.store(), access.system());
    }

    private Wanted wanted(PrinterStatus printer, HttpRequest request, HttpEntity body) {
        String encoding = header(request, "Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_ENCODING,
                    "Send the print data without Content-Encoding.",
                    "Content-Encoding");
        }
        OptionalLong length = body.getContentLengthOption();
        if (length.isPresent() && length.getAsLong() > access.maxJobBytes()) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body has %,d bytes; this server takes up to %,d."
                            .formatted(length.getAsLong(), access.maxJobBytes()));
        }
        try {
            access.space().require(length.orElse(0));
        } catch (StoreFullException e) {
            throw new ProblemException(ProblemType.STORE_FULL, e.getMessage() + ".");
        }
        String digest = header(request, "Content-Digest");
        String contentType = body.getContentType().toString();
        return new Wanted(
                printer.id(),
                text("name", Access.query(request, "name")),
                Access.number(request, "copies", 1, 1, MOST_COPIES),
                Access.number(request, "priority", 50, 1, 100),
                Access.flag(request, "hold"),
                key(request),
                digest == null ? null : ContentDigest.sha256(digest),
                contentType.equals("none/none") ? null : contentType,
                length);
    }

    private CompletionStage<HttpResponse> enqueue(Wanted wanted, StoredDocument document) {
        ProblemException problem = check(wanted, document);
        if (problem != null) {
            return afterDeleting(document, problem.response());
        }
        var ticket = new JobTicket(
                wanted.name(), document, wanted.contentType(), wanted.copies(), wanted.priority(), wanted.key(), null);
        return access.spooler()
                .ask(wanted.printer(), new Request.Submit(ticket, wanted.hold()))
                .thenComposeAsync(reply -> answer(wanted, document, reply), access.executor());
    }

    private static @Nullable ProblemException check(Wanted wanted, StoredDocument document) {
        if (wanted.length().isPresent() && wanted.length().getAsLong() != document.size()) {
            return new ProblemException(
                    ProblemType.UPLOAD_INCOMPLETE, "The body ended before its announced length. Nothing was kept.");
        }
        if (document.size() == 0) {
            return new ProblemException(ProblemType.EMPTY_DOCUMENT, "The body is empty: there is nothing to print.");
        }
        if (wanted.sha256() != null && !wanted.sha256().equals(document.sha256())) {
            return new ProblemException(
                    ProblemType.DIGEST_MISMATCH,
                    "Content-Digest says SHA-256 %s, the body has %s. Send it again."
                            .formatted(wanted.sha256(), document.sha256()),
                    "Content-Digest");
        }
        return null;
    }

    private CompletionStage<HttpResponse> answer(Wanted wanted, StoredDocument document, Reply reply) {
        HttpResponse response = reply.fold(done -> access.submitted(wanted.printer(), done), Responses::refused);
        // A new job needs its document; and when nobody knows whether the job was stored, it must stay.
        boolean needed = reply.fold(Reply.Done::fresh, refused -> refused.why() == Refusal.UNAVAILABLE);
        return needed ? CompletableFuture.completedFuture(response) : afterDeleting(document, response);
    }

    private CompletionStage<HttpResponse> afterDeleting(StoredDocument document, HttpResponse response) {
        return access.spooler().delete(document).thenApplyAsync(done -> response, access.executor());
    }

    /** Answers once a small body is read; the sender of a large one is cut off. */
    private CompletionStage<HttpResponse> answerAfterReading(
            HttpRequest request, HttpEntity body, HttpResponse response) {
        boolean waits = header(request, "Expect") != null;
        if (waits || body.getContentLengthOption().orElse(0) > READ_WHEN_REFUSED) {
            return CompletableFuture.completedFuture(response);
        }
        return body.withoutSizeLimit()
                .getDataBytes()
                .takeWithin(READ_WHEN_REFUSED_FOR)
                .idleTimeout(NOTHING_MORE_COMES)
                .limitWeighted(READ_WHEN_REFUSED, chunk -> (long) chunk.size())
                .runWith(Sink.ignore(), access.system())
                .handleAsync((done, broken) -> response, access.executor());
    }

    private static @Nullable String header(HttpRequest request, String name) {
        return request.getHeader(name).map(header -> header.value().strip()).orElse(null);
    }

    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && value.length() > LONGEST_TEXT) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "'%s' may have %d characters.".formatted(field, LONGEST_TEXT), field);
        }
        return value;
    }

    /** The submitter's own name for what it asks for, or null. */
    static @Nullable String key(HttpRequest request) {
        String key = header(request, "Idempotency-Key");
        if (key == null) {
            return null;
        }
        boolean printable = key.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (key.isEmpty() || key.length() > LONGEST_TEXT || !printable) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "An Idempotency-Key has 1 to %d printable ASCII characters.".formatted(LONGEST_TEXT),
                    "Idempotency-Key");
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("platen:")) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "Keys that begin with 'platen:' are Platen's own.", "Idempotency-Key");
        }
        return key;
    }
}
