package io.platen.api.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.platen.api.evidence.PacedLog;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.TraceContext;
import io.platen.api.metrics.ServerMetrics;
import io.platen.api.security.AuditLog;
import io.platen.api.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records what requests have done: changes in the audit log, refusals in the metrics and the log. */
final class Recording {
    private static final Logger log = LoggerFactory.getLogger(Recording.class);

    /** The callback in a query string, which can contain a secret. */
    private static final Pattern CALLBACK = Pattern.compile("\\bcallback=[^&]*");

    private static final Set<String> READ = Set.of("GET", "HEAD", "OPTIONS");

    private final AuditLog audit;
    private final Clock clock;
    private final Executor executor;
    private final PacedLog refusals = new PacedLog(log, Level.INFO, Duration.ofSeconds(1), System::nanoTime);

    Recording(AuditLog audit, Clock clock, Executor executor) {
        this.audit = audit;
        this.clock = clock;
        this.executor = executor;
    }

    /** Whether a request changes nothing. */
    static boolean isRead(HttpRequest request) {
        return READ.contains(request.method().value());
    }

    /** Counts the refusal where a route has refused for a limited token, a rate or a share. */
    void count(HttpRequest request, Caller caller, HttpResponse response, @Nullable ServerMetrics metrics) {
        int status = response.status().intValue();
        if (status == 401 || status == 403 || status == 429) {
            String reason =
                    response.getAttribute(Responses.TYPE).map(ProblemType::slug).orElse("other");
            count(request, caller, reason, metrics);
        }
    }

    /** Counts a refusal, and logs one line a second for each caller and reason. */
    void count(HttpRequest request, Caller caller, String reason, @Nullable ServerMetrics metrics) {
        if (metrics != null) {
            metrics.refused(reason);
        }
        refusals.line(
                caller.key() + ", " + reason,
                "Refused {} {} of {} from {}: {}",
                request.method().value(),
                request.getUri().getPathString(),
                caller.name(),
                Callers.address(request),
                reason);
    }

    /**
     * The response, when a change is in the audit log, or an attempt without the right to it. Reads and mistakes of the
     * caller are not recorded.
     */
    CompletionStage<HttpResponse> audited(HttpRequest request, Caller caller, HttpResponse response) {
        int status = response.status().intValue();
        // What went wrong on our side may have been done nevertheless.
        boolean isRecorded = status < 400 || status >= 500 || status == 401 || status == 403;
        if (isRead(request) || !isRecorded) {
            return CompletableFuture.completedFuture(response);
        }
        var query = request.getUri()
                .rawQueryString()
                .map(text -> "?" + CALLBACK.matcher(text).replaceAll("callback=…"))
                .orElse("");
        var entry = new AuditLog.Entry(
                clock.instant(),
                caller.name(),
                Callers.address(request),
                request.method().value() + " " + request.getUri().getPathString() + query,
                status,
                response.getAttribute(Responses.DETAIL).orElse(null),
                TraceContext.of(Query.header(request, "traceparent")));
        return audit.add(entry)
                .handleAsync(
                        (done, failure) -> {
                            if (failure != null) {
                                // It has been done; refusing to say so would make the caller do it again.
                                log.error("The audit log does not have {}", entry, failure);
                            }
                            return response;
                        },
                        executor);
    }
}
