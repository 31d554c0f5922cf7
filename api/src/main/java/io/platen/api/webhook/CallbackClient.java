package io.platen.api.webhook;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.UserAgent;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.http.javadsl.settings.ConnectionPoolSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import scala.jdk.javaapi.DurationConverters;

/**
 * Posts events to callbacks. The client checks the address at the same look-up that the connection uses, so a name that changes
 * after the check (DNS rebinding, CWE-350) reaches no other address. TLS still verifies the certificate of the name. The client
 * does not follow redirects.
 */
final class CallbackClient {
    /** Looks a host name up. Blocks. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static final int MOST_OPEN_REQUESTS = 1024;

    private final ActorSystem<?> system;
    private final WebhookSettings settings;
    private final Resolver resolver;
    private final Executor blocking;
    private final ConnectionPoolSettings pool;

    CallbackClient(ActorSystem<?> system, WebhookSettings settings, Resolver resolver, Executor blocking) {
        this.system = system;
        this.settings = settings;
        this.resolver = resolver;
        this.blocking = blocking;
        var transport = ClientTransport.withCustomResolver((host, port) ->
                CompletableFuture.supplyAsync(() -> new InetSocketAddress(address(host), (Integer) port), blocking));
        this.pool = ConnectionPoolSettings.create(system.classicSystem())
                .withConnectionSettings(ClientConnectionSettings.create(system.classicSystem())
                        .withTransport(transport)
                        .withConnectingTimeout(DurationConverters.toScala(settings.timeout()))
                        .withIdleTimeout(DurationConverters.toScala(settings.timeout())))
                .withMaxOpenRequests(MOST_OPEN_REQUESTS)
                .withMaxRetries(0);
    }

    private InetAddress address(String host) {
        try {
            InetAddress[] all = resolver.resolve(host);
            if (!settings.allowPrivate()) {
                PublicAddresses.require(host, all);
            }
            return all[0];
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Completes with the answer's status. Checks the host first, so that a forbidden address fails with its own message. */
    CompletionStage<Integer> post(String url, WebhookEvent event, String signature, Executor executor) {
        String host = Uri.create(url).getHost().address();
        return CompletableFuture.supplyAsync(() -> address(host), blocking)
                .thenComposeAsync(checked -> send(url, event, signature, executor), executor);
    }

    private CompletionStage<Integer> send(String url, WebhookEvent event, String signature, Executor executor) {
        var request = HttpRequest.POST(url)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, event.body()))
                .addHeader(UserAgent.create("Platen"))
                .addHeader(RawHeader.create("Platen-Event", event.type()))
                .addHeader(RawHeader.create("Platen-Event-Id", Long.toString(event.id())))
                .addHeader(RawHeader.create("Platen-Signature", signature));
        if (event.traceparent() != null) {
            request = request.addHeader(RawHeader.create("traceparent", event.traceparent()));
        }
        var http = Http.get(system);
        return http.singleRequest(
                        request,
                        http.defaultClientHttpsContext(),
                        pool,
                        system.classicSystem().log())
                .thenApplyAsync(
                        response -> {
                            response.discardEntityBytes(system);
                            return response.status().intValue();
                        },
                        executor);
    }
}
