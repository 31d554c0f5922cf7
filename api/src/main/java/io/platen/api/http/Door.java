package io.platen.api.http;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import akka.japi.function.Function;
import akka.stream.KillSwitches;
import akka.stream.TLSClosing;
import akka.stream.TLSProtocol.SslTlsInbound;
import akka.stream.TLSProtocol.SslTlsOutbound;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.TLS;
import akka.stream.javadsl.TLSPlacebo;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The port: lets connections in, as many as may, and makes requests of what they send. */
public final class Door {
    private static final int LEAST_RESERVE = 8;

    private final ActorSystem<?> system;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
    private final @Nullable Supplier<SSLEngine> tls;
    private final ServerSettings settings;
    private final HttpSettings limits;
    private final Visitors visitors;

    /**
     * A door that is not open yet.
     *
     * @param handler answers requests, and never fails
     * @param tls makes an engine for each connection; null for plain HTTP
     */
    public Door(
            ActorSystem<?> system,
            HttpSettings limits,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            @Nullable Supplier<SSLEngine> tls) {
        this.system = system;
        this.limits = limits;
        this.handler = handler;
        this.tls = tls;
        this.settings = ServerSettings.create(system.classicSystem());
        int most = limits.maxConnections();
        this.visitors = new Visitors(new Visitors.Limits(
                most, Math.max(LEAST_RESERVE, most / 16), limits.connectionsPerAddress(), Math.max(1, most / 2)));
    }

    /** Opens it. */
    public CompletionStage<Tcp.ServerBinding> open(String host, int port) {
        return Tcp.get(system.classicSystem())
                .bind(host, port, settings.getBacklog(), settings.getSocketOptions(), false, Optional.empty())
                .to(Sink.foreach(this::accept))
                .run(system);
    }

    /** How many connections there are. */
    public int connections() {
        return visitors.count();
    }

    private void accept(Tcp.IncomingConnection connection) {
        var killed = new CompletableFuture<UniqueKillSwitch>();
        Visitor visitor = visitors.enter(connection.remoteAddress().getAddress(), () -> {
                    var unused = killed.thenAcceptAsync(UniqueKillSwitch::shutdown, system.executionContext());
                })
                .orElse(null);
        if (visitor == null) {
            Flow.fromSinkAndSourceCoupled(Sink.<ByteString>cancelled(), Source.<ByteString>empty())
                    .join(connection.flow())
                    .run(system);
            return;
        }
        var ended = answering(visitor)
                .join(http(connection.remoteAddress()))
                .joinMat(
                        connection
                                .flow()
                                .viaMat(KillSwitches.single(), Keep.right())
                                .mapMaterializedValue(end -> {
                                    killed.complete(end);
                                    return end;
                                })
                                .watchTermination(Keep.right()),
                        Keep.right())
                .run(system);
        var unused = ended.handleAsync(
                (done, failure) -> {
                    visitors.leave(visitor);
                    return Done.getInstance();
                },
                system.executionContext());
    }

    private Flow<HttpRequest, HttpResponse, NotUsed> answering(Visitor visitor) {
        return Flow.<HttpRequest>create()
                .mapAsync(1, request -> handler.apply(request.addAttribute(Visitor.KEY, visitor)));
    }

    /** What comes out of it is never asked for what it is not. */
    @SuppressWarnings("unchecked")
    private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
        return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>)
                (BidiFlow<?, ?, ?, ?, ?>) TLSPlacebo.getInstance();
    }

    /** From requests and answers to bytes. */
    private BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http(InetSocketAddress from) {
        BidiFlow<SslTlsOutbound, SslTlsOutbound, SslTlsInbound, SslTlsInbound, NotUsed> guard =
                BidiFlow.fromFlows(Flow.<SslTlsOutbound>create(), Flow.fromGraph(new HeadGuard(limits.headPatience())));
        BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> bytes =
                tls == null ? plain() : TLS.create(tls, TLSClosing.eagerClose());
        Duration idle = Duration.ofMillis(settings.getTimeouts().idleTimeout().toMillis());
        return Http.get(system)
                .serverLayer(settings, Optional.of(from))
                .atop(guard)
                .atop(bytes)
                .atop(BidiFlow.bidirectionalIdleTimeout(idle));
    }
}
