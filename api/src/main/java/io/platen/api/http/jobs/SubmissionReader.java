package io.platen.api.http.jobs;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.request.Bodies;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.ContentDigest;
import io.platen.api.http.request.JsonFields;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.TraceContext;
import io.platen.api.http.request.UploadLimits;
import io.platen.api.security.Caller;
import io.platen.api.wire.InvalidFieldException;
import io.platen.api.wire.ProfileReader;
import io.platen.spooler.PrinterStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads submissions, and refuses those that are malformed, too large, too fast or not allowed. A submission is a request with
 * the document as its body, or a line of JSON with the document in Base64.
 */
final class SubmissionReader {
    private static final int LONGEST_TEXT = 255;
    private static final int MOST_COPIES = 9999;
    private static final int USUAL_PRIORITY = 50;
    private static final int HIGHEST_PRIORITY = 100;
    private static final String NO_CONTENT_TYPE = "none/none";
    private static final Set<String> FIELDS = Set.of(
            "printer", "content", "name", "copies", "priority", "hold", "idempotencyKey", "contentType", "callback");

    private final Lookup lookup;
    private final SubmissionLimits limits;
    private final UploadLimits uploads;

    SubmissionReader(Lookup lookup, SubmissionLimits limits, UploadLimits uploads) {
        this.lookup = lookup;
        this.limits = limits;
        this.uploads = uploads;
    }

    /** Reads a request with one document as its body. */
    SubmissionRequest request(String id, HttpRequest request, HttpEntity body) {
        Caller caller = Callers.of(request);
        limits.requireRate(caller);
        PrinterStatus printer = lookup.printer(id);
        requirePlain(request);
        OptionalLong length = body.getContentLengthOption();
        requireSize(length);
        String digest = Query.header(request, "Content-Digest");
        String contentType = contentType(body.getContentType().toString());
        return new SubmissionRequest(
                caller,
                printer.id(),
                printer.profile().language(),
                text("name", Query.text(request, "name")),
                Query.number(request, "copies", 1, 1, MOST_COPIES),
                Query.number(request, "priority", USUAL_PRIORITY, 1, HIGHEST_PRIORITY),
                Query.flag(request, "hold"),
                key(request),
                digest == null ? null : ContentDigest.sha256(digest),
                NO_CONTENT_TYPE.equals(contentType) ? null : contentType,
                length,
                callback(caller, Query.text(request, "callback")),
                TraceContext.of(Query.header(request, "traceparent")));
    }

    record SubmissionLine(SubmissionRequest request, ByteString content) {}

    /** Reads a line of a request with many jobs. */
    SubmissionLine line(HttpRequest request, ByteString text) {
        JsonNode line = Bodies.parse(text.decodeString(StandardCharsets.UTF_8));
        JsonFields.requireOnly(line, FIELDS, "job");
        String id = JsonFields.text(line, "printer");
        String base64 = JsonFields.text(line, "content");
        if (id == null || base64 == null) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "A job must have a 'printer' and its 'content' in Base64.",
                    id == null ? "printer" : "content");
        }
        ByteString content = decode(base64);
        int copies = JsonFields.number(line, "copies", 1, MOST_COPIES);
        int priority = JsonFields.number(line, "priority", USUAL_PRIORITY, HIGHEST_PRIORITY);
        boolean hold = JsonFields.flag(line, "hold");
        String contentType = JsonFields.text(line, "contentType");
        String checkedType = contentType == null ? null : contentType(contentType);
        PrinterStatus printer = lookup.printer(id);
        Caller caller = Callers.of(request);
        if (!caller.mayUse(id)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The token is limited to other printers.", "printer");
        }
        limits.requireRate(caller);
        return new SubmissionLine(
                new SubmissionRequest(
                        caller,
                        printer.id(),
                        printer.profile().language(),
                        text("name", JsonFields.text(line, "name")),
                        copies,
                        priority,
                        hold,
                        checkedKey(JsonFields.text(line, "idempotencyKey")),
                        null,
                        checkedType,
                        OptionalLong.of(content.size()),
                        callback(caller, JsonFields.text(line, "callback")),
                        TraceContext.of(Query.header(request, "traceparent"))),
                content);
    }

    /** The checked Idempotency-Key header, or null. */
    static @Nullable String key(HttpRequest request) {
        return checkedKey(Query.header(request, "Idempotency-Key"));
    }

    private static void requirePlain(HttpRequest request) {
        String encoding = Query.header(request, "Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_ENCODING,
                    "Send the print data without Content-Encoding.",
                    "Content-Encoding");
        }
    }

    private void requireSize(OptionalLong length) {
        if (length.isPresent() && length.getAsLong() > uploads.maxBytes()) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body has %,d bytes; this server accepts up to %,d."
                            .formatted(length.getAsLong(), uploads.maxBytes()));
        }
    }

    private @Nullable String callback(Caller caller, @Nullable String url) {
        try {
            String checked = ProfileReader.callback(url);
            if (checked != null) {
                limits.requireCallback(caller, checked);
            }
            return checked;
        } catch (InvalidFieldException e) {
            throw new ProblemException(ProblemType.INVALID_FIELD, String.valueOf(e.getMessage()), "callback");
        }
    }

    private static ByteString decode(String base64) {
        try {
            return ByteString.fromArrayUnsafe(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "'content' is not Base64 (RFC 4648, section 4).", "content");
        }
    }

    /** Checks a media type (RFC 9110, section 8.3.1). */
    private static String contentType(String text) {
        try {
            // Akka would keep only the low byte of other characters.
            if (isPrintableAscii(text)) {
                return ContentTypes.parse(text).toString();
            }
        } catch (IllegalArgumentException | NoSuchElementException e) {
            // Refused below.
        }
        throw new ProblemException(
                ProblemType.INVALID_FIELD,
                "'" + text + "' is not a media type. Send type/subtype, such as text/plain or application/pdf.",
                "contentType");
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && value.length() > LONGEST_TEXT) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "'%s' may have at most %d characters.".formatted(field, LONGEST_TEXT),
                    field);
        }
        return value;
    }

    private static @Nullable String checkedKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        if (key.isEmpty() || key.length() > LONGEST_TEXT || !isPrintableAscii(key)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "An Idempotency-Key must have 1 to %d printable ASCII characters.".formatted(LONGEST_TEXT),
                    "Idempotency-Key");
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("platen:")) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "An Idempotency-Key must not begin with 'platen:'; Platen reserves such keys.",
                    "Idempotency-Key");
        }
        return key;
    }
}
