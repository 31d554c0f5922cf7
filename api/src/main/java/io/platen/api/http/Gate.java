package io.platen.api.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.japi.function.Function;
import io.platen.api.http.door.Visitor;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Problems;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.problem.SecurityHeaders;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Query;
import io.platen.api.http.request.RequestExecutor;
import io.platen.api.http.request.TraceContext;
import io.platen.api.http.request.UnreadBody;
import io.platen.api.metrics.ServerMetrics;
import io.platen.api.security.AuditLog;
import io.platen.api.security.Authenticator;
import io.platen.api.security.Caller;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Every request passes the gate before its route: it checks the caller, records changes and measures the time taken. */
public final class Gate {
    private static final HttpHeader CLOSE = Connection.create("close");

    /**
     * How clients reach the server.
     *
     * @param loopback whether only this machine can reach it
     * @param tls whether it speaks TLS
     */
    public record Exposure(boolean loopback, boolean tls) {}

    private final ActorSystem<?> system;
    private final Executor executor;
    private final Admissions admissions;
    private final Recording recording;
    private final boolean tls;

    public Gate(ActorSystem<?> system, Authenticator authenticator, AuditLog audit, Exposure exposure, Clock clock) {
        this.system = system;
        this.executor = RequestExecutor.of(system);
        this.admissions = new Admissions(system, authenticator, exposure.loopback());
        this.recording = new Recording(audit, clock, executor);
        this.tls = exposure.tls();
    }

    /** Answers a request by its route, or refuses it. */
    public CompletionStage<HttpResponse> pass(
            HttpRequest request,
            Function<HttpRequest, CompletionStage<HttpResponse>> routes,
            @Nullable ServerMetrics metrics) {
        long start = System.nanoTime();
        request.getHeader(TimeoutAccess.class)
                .ifPresent(timeout -> timeout.timeoutAccess().updateHandler(late()));
        Visitor visitor = request.getAttribute(Visitor.KEY).orElse(null);
        return admissions
                .of(request)
                .thenComposeAsync(
                        checked -> Admissions.withPlace(checked, request, visitor)
                                .fold(
                                        granted -> answered(request, granted.caller(), routes, metrics),
                                        refused -> refused(request, refused, metrics)),
                        executor)
                // Akka HTTP would close the connection without an answer.
                .exceptionallyAsync(Problems::response, executor)
                .thenApplyAsync(
                        response -> {
                            if (metrics != null) {
                                metrics.answered(
                                        request.method().value(),
                                        response.status().intValue(),
                                        System.nanoTime() - start);
                            }
                            HttpResponse complete = SecurityHeaders.on(Compression.of(request, response), tls);
                            return visitor != null && visitor.isInReserve() ? complete.addHeader(CLOSE) : complete;
                        },
                        executor);
    }

    /** Replaces Akka HTTP's plain text for a request that takes too long. */
    private akka.japi.Function<HttpRequest, HttpResponse> late() {
        return request -> SecurityHeaders.on(
                Responses.problem(
                        ProblemType.UNAVAILABLE,
                        "The request took too long and may have been carried out anyway. Check the state before"
                                + " you send it again."),
                tls);
    }

    private CompletionStage<HttpResponse> refused(
            HttpRequest request, Admission.Denied refused, @Nullable ServerMetrics metrics) {
        recording.count(request, refused.caller(), refused.reason(), metrics);
        return UnreadBody.answer(system, request, request.entity(), refused.response())
                .thenComposeAsync(answer -> recording.audited(request, refused.caller(), answer), executor);
    }

    private CompletionStage<HttpResponse> answered(
            HttpRequest request,
            Caller caller,
            Function<HttpRequest, CompletionStage<HttpResponse>> routes,
            @Nullable ServerMetrics metrics) {
        MDC.put("traceparent", TraceContext.of(Query.header(request, "traceparent")));
        try {
            return routes.apply(Callers.admitted(request, caller))
                    .thenComposeAsync(
                            response -> {
                                recording.count(request, caller, response, metrics);
                                return recording.audited(request, caller, response);
                            },
                            executor);
        } catch (Exception e) {
            throw new CompletionException(e);
        } finally {
            MDC.remove("traceparent");
        }
    }
}
