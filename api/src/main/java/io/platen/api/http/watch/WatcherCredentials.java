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

/** Whether the credentials of those who watch still hold: an answer that goes on for hours must not outlive them. */
public final class WatcherCredentials {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN_JWT = Duration.ofSeconds(30);

    private final Authenticator authenticator;
    private final Executor checks;

    public WatcherCredentials(ActorSystem<?> system, Authenticator authenticator) {
        this.authenticator = authenticator;
        this.checks =
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.security.credentials-dispatcher"));
    }

    /** The credentials of a request, to be checked again while it is answered. */
    Credentials of(HttpRequest request) {
        String authorization = Query.header(request, "Authorization");
        // A token can be revoked, and is quickly looked up. A JWT only expires, and each look costs a signature.
        return new Credentials(
                () -> CompletableFuture.supplyAsync(() -> isWelcome(authorization), checks),
                Authenticator.isJwt(authorization) ? ASK_AGAIN_JWT : ASK_AGAIN);
    }

    private boolean isWelcome(@Nullable String authorization) {
        try {
            authenticator.authenticate(authorization, "");
            return true;
        } catch (AuthenticationException e) {
            return false;
        } catch (IOException e) {
            // It could not be checked; the next time it may.
            return true;
        }
    }
}
