package io.platen.api.http.watch;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpRequest;
import io.platen.api.events.Credentials;
import io.platen.api.http.request.Query;
import io.platen.api.security.AuthenticationException;
import io.platen.api.security.Authenticator;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Checks credentials again while a client watches events: a stream can last for hours, but must not outlive them. */
public final class WatcherCredentials {
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final Duration CHECK_JWT_EVERY = Duration.ofSeconds(30);

    private final Authenticator authenticator;
    private final Executor checks;

    public WatcherCredentials(ActorSystem<?> system, Authenticator authenticator) {
        this.authenticator = authenticator;
        this.checks =
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.security.credentials-dispatcher"));
    }

    Credentials of(HttpRequest request) {
        String authorization = Query.header(request, "Authorization");
        // A token can be revoked, and a look-up is cheap. A JWT only expires, and each check verifies a signature.
        return new Credentials(
                () -> CompletableFuture.supplyAsync(() -> holds(authorization), checks),
                Authenticator.isJwt(authorization) ? CHECK_JWT_EVERY : CHECK_EVERY);
    }

    private boolean holds(@Nullable String authorization) {
        try {
            authenticator.authenticate(authorization, "");
            return true;
        } catch (AuthenticationException e) {
            return false;
        } catch (IOException e) {
            // The check failed, not the credentials. The next check decides.
            return true;
        }
    }
}
