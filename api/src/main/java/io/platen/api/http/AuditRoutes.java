package io.platen.api.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.security.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /v1/audit}: who changed what, newest first. */
final class AuditRoutes extends AllDirectives {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 10_000;

    /** The wire form of the list. */
    record AuditList(List<AuditLog.Entry> entries) {}

    private final Access access;

    AuditRoutes(Access access) {
        this.access = access;
    }

    Route routes() {
        return pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> completeWithFuture(list(request)))));
    }

    private CompletionStage<HttpResponse> list(HttpRequest request) {
        Instant since = FailureFilter.since(Access.query(request, "since"));
        int limit = Access.number(request, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Responses.json(200, new AuditList(access.audit().latest(since, limit)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                access.evidence());
    }
}
