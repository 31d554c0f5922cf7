package io.platen.api.http.watch;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Cursor;
import io.platen.api.http.request.OnDisk;
import io.platen.api.http.request.Query;
import io.platen.api.security.AuditLog;
import io.platen.api.security.AuditLog.AuditPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/audit}: who changed what, newest first. */
public final class AuditRoutes extends AllDirectives {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 10_000;

    record AuditList(
            List<AuditLog.AuditEntry> entries, @Nullable String next) {}

    private final AuditLog audit;
    private final OnDisk disk;

    public AuditRoutes(AuditLog audit, OnDisk disk) {
        this.audit = audit;
        this.disk = disk;
    }

    public Route routes() {
        return pathEndOrSingleSlash(() -> get(() -> extractRequest(request -> completeWithFuture(list(request)))));
    }

    private CompletionStage<HttpResponse> list(HttpRequest request) {
        Instant since = Query.since(Query.text(request, "since"));
        int limit = Query.number(request, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        String cursor = Query.text(request, "after");
        AuditPlace before = cursor == null ? AuditPlace.END : place(Cursor.decode(cursor));
        return disk.ask(() -> {
            var page = audit.latest(before, since, limit);
            return Responses.json(200, new AuditList(page.entries(), cursor(page.next())));
        });
    }

    private static @Nullable String cursor(@Nullable AuditPlace next) {
        return next == null ? null : Cursor.encode(next.month() + "/" + next.offset());
    }

    private static AuditPlace place(String cursor) {
        String[] parts = cursor.split("/", -1);
        try {
            long offset = Long.parseLong(parts[parts.length - 1]);
            if (parts.length != 2 || offset < 0) {
                throw Cursor.invalid();
            }
            return new AuditPlace(YearMonth.parse(parts[0]), offset);
        } catch (DateTimeException | NumberFormatException e) {
            throw Cursor.invalid();
        }
    }
}
