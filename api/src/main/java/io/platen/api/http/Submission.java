package io.platen.api.http;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.security.Caller;
import io.platen.api.wire.InvalidFieldException;
import io.platen.api.wire.ProfileReader;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.document.StoredDocument;
import io.platen.spooler.PrinterStatus;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * {@code POST /v1/printers/{printer}/jobs}: streams the body to the disk, then asks the queue. What is
 * refused leaves no job and no document.
 */
final class Submission {
    private static final Logger log = LoggerFactory.getLogger(Submission.class);

    /** The answer must come before Akka HTTP's own patience with a request ends. */
    private static final int LONGEST_WAIT_SECONDS = 20;

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})");
    private static final String NO_CONTENT_TYPE = "none/none";
    private static final int LONGEST_TEXT = 255;
    static final int MOST_COPIES = 9999;
    static final int USUAL_PRIORITY = 50;
    static final int HIGHEST_PRIORITY = 100;

    private final Access access;

    Submission(Access access) {
        this.access = access;
    }

    private record Wanted(
            Caller caller,
            PrinterId printer,
            @Nullable String name,
            int copies,
            int priority,
            boolean hold,
            @Nullable String key,
            @Nullable String sha256,
            @Nullable String contentType,
            OptionalLong length,
            @Nullable String callback,
            @Nullable String traceparent,
            LabelScan scan) {

        /** All that decides what is printed, and what is told of it, besides the document. */
        String asked() {
            var all = List.of(
                    copies,
                    priority,
                    hold,
                    String.valueOf(name),
                    String.valueOf(contentType),
                    String.valueOf(callback));
            return Hashing.shortHash(all.toString());
        }
    }

    CompletionStage<HttpResponse> submit(String printer, HttpRequest request, HttpEntity body) {
        Wanted wanted;
        try {
            requireRate(request);
            wanted = wanted(access.printer(printer), request, body);
        } catch (ProblemException refused) {
            return UnreadBody.answer(access.system(), request, body, refused.response());
        }
        Duration wait = wait(request);
        return store(body, wanted.scan())
                .thenComposeAsync(document -> enqueue(wanted, document), access.executor())
                .thenComposeAsync(
                        response ->
                                wait == null ? CompletableFuture.completedFuture(response) : afterEnd(response, wait),
                        access.executor());
    }

    private void requireRate(HttpRequest request) {
        if (!access.rate().allows(Access.caller(request).key())) {
            throw new ProblemException(
                    ProblemType.RATE_LIMITED, "More jobs come from here than may. Try again after a moment.");
        }
    }

    /** How long the submitter would wait for the end of the job, or null. */
    private static @Nullable Duration wait(HttpRequest request) {
        String prefer = header(request, "Prefer");
        Matcher matcher = WAIT.matcher(prefer == null ? "" : prefer);
        return matcher.find()
                ? Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Integer.parseInt(matcher.group(1))))
                : null;
    }

    /** The same answer, with the job as it is at its end, or when the time is up. */
    private CompletionStage<HttpResponse> afterEnd(HttpResponse response, Duration wait) {
        JobRef job = response.getHeader("Location")
                .map(location -> Access.job(location.value()))
                .orElse(null);
        if (job == null) {
            return CompletableFuture.completedFuture(response);
        }
        return access.waits()
                .ended(job, wait)
                .thenApplyAsync(
                        done -> access.spooler()
                                .board()
                                .find(job.printer())
                                .flatMap(printer -> printer.queue().jobs().find(job.job()))
                                .map(now -> access.job(job.printer(), 201, now)
                                        .addHeader(RawHeader.create("Preference-Applied", "wait=" + wait.toSeconds())))
                                .orElse(response),
                        access.executor());
    }

    /**
     * A line of many, as far as its print data.
     *
     * @param next asks the queue, or answers with the refusal
     */
    record Stored(Supplier<CompletionStage<HttpResponse>> next) {
        static Stored refused(HttpResponse response) {
            return new Stored(() -> CompletableFuture.completedFuture(response));
        }
    }

    /** Stores the print data of a line. Never fails. */
    CompletionStage<Stored> storeLine(HttpRequest request, ByteString text) {
        try {
            JsonNode line = Bodies.parse(text.decodeString(StandardCharsets.UTF_8));
            JobLine job = JobLine.of(line);
            PrinterStatus printer = access.printer(job.printer());
            if (!Access.caller(request).mayUse(job.printer())) {
                throw new ProblemException(ProblemType.FORBIDDEN, "The token is limited to other printers.", "printer");
            }
            requireRate(request);
            requireRoom(job.content().length);
            var wanted = new Wanted(
                    Access.caller(request),
                    printer.id(),
                    text("name", job.name()),
                    job.copies(),
                    job.priority(),
                    job.hold(),
                    checkedKey(job.idempotencyKey()),
                    null,
                    job.contentType(),
                    OptionalLong.of(job.content().length),
                    callback(request, job.callback()),
                    TraceContext.of(header(request, "traceparent")),
                    LabelScan.of(printer.profile().language(), job.contentType()));
            var content = ByteString.fromArrayUnsafe(job.content());
            return store(HttpEntities.create(content), wanted.scan())
                    .handleAsync(
                            (document, failure) -> failure == null
                                    ? new Stored(() -> enqueue(wanted, document)
                                            .exceptionallyAsync(Problems::response, access.executor()))
                                    : Stored.refused(Problems.response(failure)),
                            access.executor());
        } catch (RuntimeException e) {
            // Whatever it is, it is this line's alone: those before it are accepted.
            return CompletableFuture.completedFuture(Stored.refused(Problems.response(e)));
        }
    }

    /** Ends uploads that are too slow. */
    Graph<FlowShape<ByteString, ByteString>, NotUsed> leastRate() {
        return new LeastRate(
                access.settings().minUploadBytesPerSecond(),
                access.settings().uploadWindow(),
                access.settings().longestUpload());
    }

    /** A small body that came in one piece needs no stream. */
    private CompletionStage<StoredDocument> store(HttpEntity body, LabelScan scan) {
        var documents = access.spooler().documents();
        return body instanceof HttpEntity.Strict whole
                        && documents.isSmall(whole.getData().size())
                ? documents.storeSmall(scan.scanned(whole.getData()))
                : body.getDataBytes().via(leastRate()).via(scan.flow()).runWith(documents.store(), access.system());
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
        if (length.isPresent() && length.getAsLong() > access.settings().maxJobBytes()) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body has %,d bytes; this server takes up to %,d."
                            .formatted(length.getAsLong(), access.settings().maxJobBytes()));
        }
        requireRoom(length.orElse(0));
        String digest = header(request, "Content-Digest");
        String contentType = contentType(body.getContentType().toString());
        return new Wanted(
                Access.caller(request),
                printer.id(),
                text("name", Access.query(request, "name")),
                Access.number(request, "copies", 1, 1, MOST_COPIES),
                Access.number(request, "priority", USUAL_PRIORITY, 1, HIGHEST_PRIORITY),
                Access.flag(request, "hold"),
                key(request),
                digest == null ? null : ContentDigest.sha256(digest),
                NO_CONTENT_TYPE.equals(contentType) ? null : contentType,
                length,
                callback(request, Access.query(request, "callback")),
                TraceContext.of(header(request, "traceparent")),
                LabelScan.of(printer.profile().language(), contentType));
    }

    private CompletionStage<HttpResponse> enqueue(Wanted wanted, StoredDocument document) {
        ProblemException problem = check(wanted, document);
        if (problem != null) {
            return afterDeleting(document, problem.response());
        }
        var ticket = new JobTicket(
                wanted.name(),
                document,
                wanted.contentType(),
                wanted.copies(),
                wanted.priority(),
                wanted.key(),
                null,
                wanted.callback(),
                wanted.traceparent(),
                wanted.scan().labels());
        var claimed =
                wanted.key() == null ? ticket : ticket.claimed(wanted.caller().keyOwner(), wanted.asked());
        return access.spooler()
                .ask(
                        wanted.printer(),
                        new Request.Submit(claimed, wanted.hold())
                                .by(wanted.caller().key()))
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
        HttpResponse response = reply.fold(
                done -> {
                    logAccepted(wanted, done);
                    return access.submitted(wanted.printer(), done);
                },
                Responses::refused);
        // A new job needs its document; and when nobody knows whether the job was stored, it must stay.
        boolean needed = reply.fold(Reply.Done::fresh, refused -> refused.why() == Refusal.UNAVAILABLE);
        return needed ? CompletableFuture.completedFuture(response) : afterDeleting(document, response);
    }

    private static void logAccepted(Wanted wanted, Reply.Done done) {
        if (!log.isDebugEnabled() || !done.fresh() || done.job() == null) {
            return;
        }
        int job = done.job().number();
        MDC.put("printer", wanted.printer().value());
        MDC.put("job", Integer.toString(job));
        MDC.put("traceparent", wanted.traceparent());
        log.debug("Accepted job {} of {}", job, wanted.printer());
        MDC.remove("printer");
        MDC.remove("job");
        MDC.remove("traceparent");
    }

    private CompletionStage<HttpResponse> afterDeleting(StoredDocument document, HttpResponse response) {
        return access.spooler().delete(document).thenApplyAsync(done -> response, access.executor());
    }

    private void requireRoom(long bytes) {
        try {
            access.space().require(bytes);
        } catch (StoreFullException e) {
            throw new ProblemException(ProblemType.STORE_FULL, e.getMessage() + ".");
        }
    }

    private @Nullable String callback(HttpRequest request, @Nullable String url) {
        try {
            String checked = ProfileReader.callback(url);
            if (checked != null
                    && !access.webhooks().mayCall(Access.caller(request).key(), checked)) {
                throw new ProblemException(
                        ProblemType.TOO_MANY_CALLBACKS,
                        "Events wait for as many callbacks of this caller as may be. Try again when they were taken.",
                        "callback");
            }
            return checked;
        } catch (InvalidFieldException e) {
            throw new ProblemException(ProblemType.INVALID_FIELD, String.valueOf(e.getMessage()), "callback");
        }
    }

    /** A media type (RFC 9110, section 8.3.1), checked. */
    static @Nullable String contentType(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            // Akka takes the low byte of each character.
            if (isPrintableAscii(text)) {
                return ContentTypes.parse(text).toString();
            }
        } catch (IllegalArgumentException | NoSuchElementException e) {
            // Said below.
        }
        throw new ProblemException(
                ProblemType.INVALID_FIELD, "'" + text + "' is no media type, such as text/plain.", "contentType");
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
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
        return checkedKey(header(request, "Idempotency-Key"));
    }

    private static @Nullable String checkedKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        if (key.isEmpty() || key.length() > LONGEST_TEXT || !isPrintableAscii(key)) {
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
