package io.platen.api.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.japi.function.Function;
import io.platen.api.evidence.PacedLog;
import io.platen.api.metrics.ServerMetrics;
import io.platen.api.security.AuditLog;
import io.platen.api.security.AuthenticationException;
import io.platen.api.security.Authenticator;
import io.platen.api.security.Caller;
import io.platen.api.security.Permissions;
import io.platen.api.security.Role;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** What every request passes before its route, and every answer after it: who may, what was done, how long it took. */
public final class Gate {
    /** Who asks, for the routes. */
    static final AttributeKey<Caller> CALLER = AttributeKey.create("caller", Caller.class);

    /** What was done, where the path does not say it: for the audit log. */
    static final AttributeKey<String> DETAIL = AttributeKey.create("detail", String.class);

    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final HttpHeader CLOSE = Connection.create("close");
    private static final Set<String> READ = Set.of("GET", "HEAD", "OPTIONS");
    /** Of a query string: it can be a secret. */
    private static final Pattern CALLBACK = Pattern.compile("\\bcallback=[^&]*");

    /** A name of this machine that another site's name server cannot have taken, or an address. */
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]*)?", Pattern.CASE_INSENSITIVE);

    /**
     * How the server is reached.
     *
     * @param loopback by this machine only
     * @param tls over TLS
     */
    public record Exposure(boolean loopback, boolean tls) {}

    private final Authenticator authenticator;
    private final AuditLog audit;
    private final Exposure exposure;
    private final Clock clock;
    private final Executor executor;
    private final CredentialChecks credentials;
    private final PacedLog outages = new PacedLog(log, Level.ERROR, Duration.ofMinutes(1), System::nanoTime);
    private final PacedLog refusals = new PacedLog(log, Level.INFO, Duration.ofSeconds(1), System::nanoTime);
    private final ActorSystem<?> system;

    /** Asks this authenticator, writes to this log. */
    public Gate(ActorSystem<?> system, Authenticator authenticator, AuditLog audit, Exposure exposure, Clock clock) {
        this.system = system;
        this.authenticator = authenticator;
        this.audit = audit;
        this.exposure = exposure;
        this.clock = clock;
        this.executor = system.executionContext();
        this.credentials = new CredentialChecks(
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.security.credentials-dispatcher")));
    }

    /** Lets a request in, to a route that never throws. */
    public CompletionStage<HttpResponse> pass(
            HttpRequest request,
            Function<HttpRequest, CompletionStage<HttpResponse>> routes,
            @Nullable ServerMetrics metrics) {
        long start = System.nanoTime();
        String method = request.method().value();
        String path = request.getUri().getPathString();
        request.getHeader(TimeoutAccess.class)
                .ifPresent(patience -> patience.timeoutAccess().updateHandler(late()));
        Visitor visitor = request.getAttribute(Visitor.KEY).orElse(null);
        return authorized(request, method, path)
                .thenComposeAsync(
                        checked -> {
                            Admission admission = withPlace(checked, visitor, Permissions.isOpen(method, path));
                            return admission.refusal() == null
                                    ? answered(request, admission.caller(), routes, metrics)
                                    : refused(request, admission, metrics);
                        },
                        executor)
                // Akka HTTP would hang up without a word.
                .exceptionallyAsync(Problems::response, executor)
                .thenApplyAsync(
                        response -> {
                            if (metrics != null) {
                                metrics.answered(method, response.status().intValue(), System.nanoTime() - start);
                            }
                            HttpResponse complete =
                                    SecurityHeaders.on(Compression.of(request, response), exposure.tls());
                            return visitor != null && visitor.isInReserve() ? complete.addHeader(CLOSE) : complete;
                        },
                        executor);
    }

    /** Akka HTTP's own answer to what takes too long is plain text. */
    private akka.japi.Function<HttpRequest, HttpResponse> late() {
        return request -> SecurityHeaders.on(
                Responses.problem(
                        ProblemType.UNAVAILABLE,
                        "The answer took too long. Whether it was done is not known; ask for the state."),
                exposure.tls());
    }

    /** Whether somebody may pass: a caller, or why not. */
    private record Admission(Caller caller, @Nullable HttpResponse refusal, String reason) {}

    private CompletionStage<Admission> authorized(HttpRequest request, String method, String path) {
        String address = address(request);
        Caller nobody = Caller.anonymous(address);
        if (!READ.contains(method) && isOfAnotherOrigin(request)) {
            return CompletableFuture.completedFuture(new Admission(
                    nobody,
                    Responses.problem(
                            ProblemType.CROSS_ORIGIN, "This change was asked for by a web page of another origin."),
                    "origin"));
        }
        if (Permissions.isOpen(method, path)) {
            return CompletableFuture.completedFuture(new Admission(nobody, null, ""));
        }
        if (countOf(request, "authorization") > 1) {
            // A proxy may have looked at the one, and we at the other.
            return CompletableFuture.completedFuture(new Admission(
                    nobody,
                    Responses.problem(
                            ProblemType.BAD_REQUEST, "There is more than one Authorization header.", "Authorization"),
                    "credentials"));
        }
        String authorization = header(request, "Authorization");
        String host = header(request, "Host");
        String program = header(request, "User-Agent");
        boolean isBrowser = program != null && program.startsWith("Mozilla/");
        boolean isRebound = exposure.loopback()
                && isBrowser
                && host != null
                && !LOCAL_HOST.matcher(host).matches();
        if (isRebound && authorization == null) {
            // A page whose name was made to point here would be of the same origin.
            return CompletableFuture.completedFuture(new Admission(
                    nobody,
                    Responses.problem(
                            ProblemType.CROSS_ORIGIN,
                            "This server is for its own machine. Call it localhost or 127.0.0.1, or send a token."),
                    "origin"));
        }
        Caller known = authenticator.known(authorization, address).orElse(null);
        return known != null
                ? CompletableFuture.completedFuture(admission(known, method, path))
                : credentials.check(() -> admission(authorization, address, method, path), () -> unavailable(address));
    }

    /** The last places are for health and administrators, and for one request each. */
    private static Admission withPlace(Admission admission, @Nullable Visitor visitor, boolean isOpen) {
        if (visitor == null || admission.refusal() != null || isOpen) {
            return admission;
        }
        if (visitor.isInReserve() && admission.caller().role() != Role.ADMIN) {
            return new Admission(
                    admission.caller(),
                    Responses.problem(
                            ProblemType.TOO_MANY_CONNECTIONS,
                            "There are as many connections as may be. Try again after a moment."),
                    "connections");
        }
        visitor.welcome();
        return admission;
    }

    private static Admission unavailable(String address) {
        return new Admission(
                Caller.anonymous(address),
                Responses.problem(
                        ProblemType.UNAVAILABLE, "Credentials cannot be checked now. Nothing was done; try again."),
                "unavailable");
    }

    private Admission admission(@Nullable String authorization, String address, String method, String path) {
        try {
            return admission(authenticator.authenticate(authorization, address), method, path);
        } catch (AuthenticationException e) {
            var refusal = Responses.problem(ProblemType.UNAUTHORIZED, String.valueOf(e.getMessage()))
                    .addHeader(RawHeader.create(
                            "WWW-Authenticate",
                            "Bearer realm=\"platen\"" + (authorization == null ? "" : ", error=\"invalid_token\"")));
            return new Admission(Caller.refused(authorization, address), refusal, "credentials");
        } catch (IOException e) {
            outages.line("credentials", "Credentials cannot be checked: {}", String.valueOf(e.getMessage()));
            return unavailable(address);
        }
    }

    private static Admission admission(Caller caller, String method, String path) {
        var needed = Permissions.needed(method, path);
        if (!caller.role().includes(needed.role())) {
            return new Admission(
                    caller,
                    Responses.problem(
                            ProblemType.FORBIDDEN,
                            "This needs the role %s; the token has the role %s."
                                    .formatted(
                                            needed.role().keyword(),
                                            caller.role().keyword())),
                    "role");
        }
        String printer = needed.printer().orElse(null);
        boolean hidden = printer == null ? caller.isLimited() && path.equals("/metrics") : !caller.mayUse(printer);
        return hidden
                ? new Admission(
                        caller,
                        Responses.problem(ProblemType.FORBIDDEN, "The token is limited to other printers."),
                        "printer")
                : new Admission(caller, null, "");
    }

    private CompletionStage<HttpResponse> refused(
            HttpRequest request, Admission admission, @Nullable ServerMetrics metrics) {
        HttpResponse refusal = admission.refusal();
        count(request, admission.caller(), admission.reason(), metrics);
        if (refusal == null) {
            throw new IllegalStateException("Not refused");
        }
        return UnreadBody.answer(system, request, request.entity(), refusal)
                .thenComposeAsync(answer -> recorded(request, admission.caller(), answer), executor);
    }

    /** A route refuses, too: a limited token, a rate, a share. */
    private HttpResponse counted(
            HttpRequest request, Caller caller, HttpResponse response, @Nullable ServerMetrics metrics) {
        int status = response.status().intValue();
        if (status == 401 || status == 403 || status == 429) {
            String reason =
                    response.getAttribute(Responses.TYPE).map(ProblemType::slug).orElse("other");
            count(request, caller, reason, metrics);
        }
        return response;
    }

    /** Who was refused what: one line a second for each caller and reason. */
    private void count(HttpRequest request, Caller caller, String reason, @Nullable ServerMetrics metrics) {
        if (metrics != null) {
            metrics.refused(reason);
        }
        refusals.line(
                caller.key() + ", " + reason,
                "Refused {} {} of {} from {}: {}",
                request.method().value(),
                request.getUri().getPathString(),
                caller.name(),
                address(request),
                reason);
    }

    private CompletionStage<HttpResponse> answered(
            HttpRequest request,
            Caller caller,
            Function<HttpRequest, CompletionStage<HttpResponse>> routes,
            @Nullable ServerMetrics metrics) {
        String trace = TraceContext.of(header(request, "traceparent"));
        MDC.put("traceparent", trace);
        try {
            return routes.apply(request.addAttribute(CALLER, caller))
                    .thenComposeAsync(
                            response -> recorded(request, caller, counted(request, caller, response, metrics)),
                            executor);
        } catch (Exception e) {
            throw new CompletionException(e);
        } finally {
            MDC.remove("traceparent");
        }
    }

    /** A change is answered when it is in the audit log; so is an attempt without the right to it. */
    private CompletionStage<HttpResponse> recorded(HttpRequest request, Caller caller, HttpResponse response) {
        int status = response.status().intValue();
        // What went wrong on our side may have been done nevertheless.
        boolean isRecorded = status < 400 || status >= 500 || status == 401 || status == 403;
        if (READ.contains(request.method().value()) || !isRecorded) {
            return CompletableFuture.completedFuture(response);
        }
        var query = request.getUri()
                .rawQueryString()
                .map(text -> "?" + CALLBACK.matcher(text).replaceAll("callback=…"))
                .orElse("");
        var entry = new AuditLog.Entry(
                clock.instant(),
                caller.name(),
                address(request),
                request.method().value() + " " + request.getUri().getPathString() + query,
                status,
                response.getAttribute(DETAIL)
                        .orElseGet(() -> response.getHeader("Location")
                                .map(HttpHeader::value)
                                .orElse(null)),
                TraceContext.of(header(request, "traceparent")));
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

    /** A browser tells where a request comes from; programs don't. */
    private static boolean isOfAnotherOrigin(HttpRequest request) {
        String site = header(request, "Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = header(request, "Origin");
        String host = header(request, "Host");
        return origin != null
                && (host == null || !origin.replaceFirst("^[a-z]+://", "").equals(host));
    }

    private static int countOf(HttpRequest request, String name) {
        int count = 0;
        for (HttpHeader header : request.getHeaders()) {
            if (header.is(name)) {
                count++;
            }
        }
        return count;
    }

    private static String address(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(remote -> remote.getAddress())
                .map(inet -> inet.getHostAddress())
                .orElse("unknown");
    }

    private static @Nullable String header(HttpRequest request, String name) {
        Optional<HttpHeader> header = request.getHeader(name);
        return header.map(HttpHeader::value).orElse(null);
    }
}
