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

/** Records changes in the audit log, and refusals in the metrics and the log. */
final class Recording {
    private static final Logger log = LoggerFactory.getLogger(Recording.class);

    /** The callback in a query string can contain a secret. */
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

    /** Counts the refusal if a route has refused a limited token or a caller that exceeds a limit. */
    void count(HttpRequest request, Caller caller, HttpResponse response, @Nullable ServerMetrics metrics) {
        int status = response.status().intValue();
        if (status == 401 || status == 403 || status == 429) {
            String reason =
                    response.getAttribute(Responses.TYPE).map(ProblemType::slug).orElse("other");
            count(request, caller, reason, metrics);
        }
    }

    /** Counts a refusal, and logs at most one line a second for each caller and reason. */
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
     * Completes with the response as soon as the audit log has the change, or the attempt that was not permitted. A submission
     * does not wait, as the journal has it, with its submitter. Reads and the caller's mistakes are not recorded.
     */
    CompletionStage<HttpResponse> audited(HttpRequest request, Caller caller, HttpResponse response) {
        int status = response.status().intValue();
        // A request that failed in the server may have made its change all the same.
        boolean isRecorded = status < 400 || status >= 500 || status == 401 || status == 403;
        if (isRead(request) || !isRecorded) {
            return CompletableFuture.completedFuture(response);
        }
        var query = request.getUri()
                .rawQueryString()
                .map(text -> "?" + CALLBACK.matcher(text).replaceAll("callback=…"))
                .orElse("");
        var entry = new AuditLog.AuditEntry(
                clock.instant(),
                caller.name(),
                Callers.address(request),
                request.method().value() + " " + request.getUri().getPathString() + query,
                status,
                response.getAttribute(Responses.DETAIL).orElse(null),
                TraceContext.of(Query.header(request, "traceparent")));
        if (response.getAttribute(Responses.JOURNALED).isPresent()) {
            audit.addLater(entry);
            return CompletableFuture.completedFuture(response);
        }
        return audit.add(entry)
                .handleAsync(
                        (done, failure) -> {
                            if (failure != null) {
                                // The change is made. A failure would make the caller repeat it.
                                log.error("This entry could not be added to the audit log: {}", entry, failure);
                            }
                            return response;
                        },
                        executor);
    }
}
