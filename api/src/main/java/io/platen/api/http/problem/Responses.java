package io.platen.api.http.problem;

import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import io.platen.api.wire.Json;
import org.jspecify.annotations.Nullable;

/** Builds the API's answers. */
public final class Responses {
    /** Without a charset: JSON is UTF-8 (RFC 8259, section 8.1). */
    private static final ContentType PROBLEM_JSON =
            MediaTypes.customBinary("application", "problem+json", true).toContentType();

    public static final ContentType.Binary NDJSON =
            MediaTypes.customBinary("application", "x-ndjson", true).toContentType();

    public static final AttributeKey<ProblemType> TYPE = AttributeKey.create("problem", ProblemType.class);

    /** What the request did, for the audit log, if the path does not say it. */
    public static final AttributeKey<String> DETAIL = AttributeKey.create("detail", String.class);

    /** The journal has what the request did, and who sent it: the answer need not wait for the audit log. */
    public static final AttributeKey<Boolean> JOURNALED = AttributeKey.create("journaled", Boolean.class);

    /** How many seconds a client should wait when a problem passes by itself. */
    public static final int RETRY_AFTER_SECONDS = 5;

    private Responses() {}

    public static HttpResponse json(int status, Object body) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(body)));
    }

    /** 201 with the new resource and its location, which the audit log records, too. */
    public static HttpResponse created(String location, Object body) {
        return json(201, body).addHeader(RawHeader.create("Location", location)).addAttribute(DETAIL, location);
    }

    public static HttpResponse problem(ProblemType type, String detail) {
        return problem(type, detail, null);
    }

    public static HttpResponse problem(ProblemType type, String detail, @Nullable String field) {
        var view = new ProblemException(type, detail, field).view();
        var response = HttpResponse.create()
                .withStatus(StatusCodes.get(type.status()))
                .withEntity(HttpEntities.create(PROBLEM_JSON, Json.bytes(view)))
                .addAttribute(TYPE, type);
        return type.isPassing()
                ? response.addHeader(RawHeader.create("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)))
                : response;
    }
}
