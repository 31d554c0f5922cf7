package io.platen.api.http;

import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import io.platen.api.wire.Json;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import org.jspecify.annotations.Nullable;

/** Builds the API's answers. */
final class Responses {
    /** Without a charset: JSON is UTF-8 (RFC 8259, section 8.1). */
    private static final ContentType PROBLEM_JSON =
            MediaTypes.customBinary("application", "problem+json", true).toContentType();

    static final ContentType.Binary NDJSON =
            MediaTypes.customBinary("application", "x-ndjson", true).toContentType();

    /** Which problem an answer is. */
    static final AttributeKey<ProblemType> TYPE = AttributeKey.create("problem", ProblemType.class);

    private Responses() {}

    /** The wire form of a problem. */
    record ProblemView(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String field) {}

    static HttpResponse json(int status, Object body) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(body)));
    }

    static HttpResponse created(String location, Object body) {
        return json(201, body).addHeader(RawHeader.create("Location", location));
    }

    static HttpResponse problem(ProblemType type, String detail) {
        return problem(type, detail, null);
    }

    static HttpResponse problem(ProblemType type, String detail, @Nullable String field) {
        var view = new ProblemView("/problems/" + type.slug(), type.title(), type.status(), detail, field);
        var response = HttpResponse.create()
                .withStatus(StatusCodes.get(type.status()))
                .withEntity(HttpEntities.create(PROBLEM_JSON, Json.bytes(view)))
                .addAttribute(TYPE, type);
        return type.isPassing() ? response.addHeader(RawHeader.create("Retry-After", "5")) : response;
    }

    static HttpResponse refused(Reply.Refused refused) {
        return problem(typeOf(refused.why()), refused.detail());
    }

    private static ProblemType typeOf(Refusal why) {
        return switch (why) {
            case NO_SUCH_PRINTER -> ProblemType.NO_SUCH_PRINTER;
            case NO_SUCH_JOB -> ProblemType.NO_SUCH_JOB;
            case NO_SUCH_FAILURE -> ProblemType.NO_SUCH_FAILURE;
            case WRONG_STATE -> ProblemType.WRONG_STATE;
            case JOBS_LEFT -> ProblemType.JOBS_LEFT;
            case CHANGED -> ProblemType.PRECONDITION_FAILED;
            case KEY_REUSED -> ProblemType.KEY_REUSED;
            case QUEUE_FULL -> ProblemType.QUEUE_FULL;
            case TOO_MANY_PRINTERS -> ProblemType.TOO_MANY_PRINTERS;
            case UNSTORABLE -> ProblemType.INVALID_FIELD;
            case STORE_FULL -> ProblemType.STORE_FULL;
            case UNAVAILABLE -> ProblemType.UNAVAILABLE;
        };
    }
}
