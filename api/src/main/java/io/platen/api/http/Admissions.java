package io.platen.api.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.platen.api.evidence.PacedLog;
import io.platen.api.http.door.Visitor;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.request.Callers;
import io.platen.api.http.request.Query;
import io.platen.api.security.AuthenticationException;
import io.platen.api.security.Authenticator;
import io.platen.api.security.Caller;
import io.platen.api.security.Permissions;
import io.platen.api.security.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Decides which requests pass the gate. It checks origin, credentials, role, printer and free connections. */
final class Admissions {
    private static final Logger log = LoggerFactory.getLogger(Admissions.class);

    private final Authenticator authenticator;
    private final boolean isLoopback;
    private final CredentialChecks credentials;
    private final PacedLog outages = new PacedLog(log, Level.ERROR, Duration.ofMinutes(1), System::nanoTime);

    /** {@code isLoopback} says that only this machine can reach the server. */
    Admissions(ActorSystem<?> system, Authenticator authenticator, boolean isLoopback) {
        this.authenticator = authenticator;
        this.isLoopback = isLoopback;
        this.credentials = new CredentialChecks(
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.security.credentials-dispatcher")));
    }

    /** Completes at once if the credentials are known. If not, it looks them up on threads of their own. */
    CompletionStage<Admission> of(HttpRequest request) {
        String method = request.method().value();
        String path = request.getUri().getPathString();
        String address = Callers.address(request);
        Caller nobody = Caller.anonymous(address);
        if (!Recording.isRead(request) && Origin.isAnother(request)) {
            return refused(
                    nobody, "origin", ProblemType.CROSS_ORIGIN, "A web page of another origin asked for this change.");
        }
        if (Permissions.isOpen(method, path)) {
            return CompletableFuture.completedFuture(new Admission.Granted(nobody));
        }
        if (countOf(request, "authorization") > 1) {
            // A proxy may have checked one of them while we would check the other.
            return CompletableFuture.completedFuture(new Admission.Denied(
                    nobody,
                    "credentials",
                    Responses.problem(
                            ProblemType.BAD_REQUEST,
                            "The request has more than one Authorization header; send one.",
                            "Authorization")));
        }
        String authorization = Query.header(request, "Authorization");
        if (isLoopback && authorization == null && Origin.isRebound(request)) {
            return refused(
                    nobody,
                    "origin",
                    ProblemType.CROSS_ORIGIN,
                    "This server answers its own machine only. Call it localhost or 127.0.0.1, or send a token.");
        }
        return authenticator
                .known(authorization, address)
                .<CompletionStage<Admission>>map(
                        caller -> CompletableFuture.completedFuture(permitted(caller, method, path)))
                .orElseGet(() -> credentials.check(
                        () -> authenticated(authorization, address, method, path), () -> unavailable(address)));
    }

    /** On a reserved connection, admits only administrators and open paths such as health checks. */
    static Admission withPlace(Admission admission, HttpRequest request, @Nullable Visitor visitor) {
        if (visitor == null
                || Permissions.isOpen(request.method().value(), request.getUri().getPathString())) {
            return admission;
        }
        return admission.fold(
                granted -> {
                    if (visitor.isInReserve() && granted.caller().role() != Role.ADMIN) {
                        return refusal(
                                granted.caller(),
                                "connections",
                                ProblemType.TOO_MANY_CONNECTIONS,
                                "The server has reached its connection limit (platen.http.max-connections). Try again in a moment.");
                    }
                    visitor.welcome();
                    return granted;
                },
                refused -> refused);
    }

    /** Looks the credentials up, which may block. */
    private Admission authenticated(@Nullable String authorization, String address, String method, String path) {
        try {
            return permitted(authenticator.authenticate(authorization, address), method, path);
        } catch (AuthenticationException e) {
            var response = Responses.problem(ProblemType.UNAUTHORIZED, String.valueOf(e.getMessage()))
                    .addHeader(RawHeader.create(
                            "WWW-Authenticate",
                            "Bearer realm=\"platen\"" + (authorization == null ? "" : ", error=\"invalid_token\"")));
            return new Admission.Denied(Caller.refused(authorization, address), "credentials", response);
        } catch (IOException e) {
            outages.line("credentials", "Credentials cannot be checked: {}", String.valueOf(e.getMessage()));
            return unavailable(address);
        }
    }

    private static Admission permitted(Caller caller, String method, String path) {
        var needed = Permissions.needed(method, path);
        if (!caller.role().includes(needed.role())) {
            return refusal(
                    caller,
                    "role",
                    ProblemType.FORBIDDEN,
                    "This request needs the role %s; the token has the role %s."
                            .formatted(needed.role().keyword(), caller.role().keyword()));
        }
        boolean isHidden = needed.printer()
                .map(printer -> !caller.mayUse(printer))
                .orElseGet(() -> caller.isLimited() && path.equals("/metrics"));
        return isHidden
                ? refusal(caller, "printer", ProblemType.FORBIDDEN, "The token is limited to other printers.")
                : new Admission.Granted(caller);
    }

    private static Admission unavailable(String address) {
        return refusal(
                Caller.anonymous(address),
                "unavailable",
                ProblemType.UNAVAILABLE,
                "Credentials cannot be checked now. Nothing was done; try again.");
    }

    private static Admission refusal(Caller caller, String reason, ProblemType type, String detail) {
        return new Admission.Denied(caller, reason, Responses.problem(type, detail));
    }

    private static CompletionStage<Admission> refused(Caller caller, String reason, ProblemType type, String detail) {
        return CompletableFuture.completedFuture(refusal(caller, reason, type, detail));
    }

    private static int countOf(HttpRequest request, String name) {
        int count = 0;
        for (var header : request.getHeaders()) {
            if (header.is(name)) {
                count++;
            }
        }
        return count;
    }
}
