package io.platen.api.http.door;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import akka.japi.function.Function;
import akka.stream.KillSwitches;
import akka.stream.StreamTcpException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's port: it accepts connections up to the limits and turns their bytes into requests. */
public final class Door {
    private static final Logger log = LoggerFactory.getLogger(Door.class);
    private static final int LEAST_RESERVE = 8;
    private static final Duration FOR_EVER = Duration.ofDays(365);

    /**
     * The limits of connections.
     *
     * @param most how many may be open at once
     * @param perAddress how many may be open at once from one address
     * @param headPatience how long the head of a request may take to arrive
     */
    public record ConnectionLimits(int most, int perAddress, Duration headPatience) {}

    private final ActorSystem<?> system;
    private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
    private final @Nullable Supplier<SSLEngine> tls;
    private final ServerSettings settings;
    private final ConnectionLimits limits;
    private final Duration idle;
    private final Visitors visitors;

    /**
     * Creates a door; {@link #open} opens the port.
     *
     * @param handler answers requests, and never fails
     * @param tls makes an engine for each connection; null for plain HTTP
     */
    public Door(
            ActorSystem<?> system,
            ConnectionLimits limits,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            @Nullable Supplier<SSLEngine> tls) {
        this.system = system;
        this.limits = limits;
        this.handler = handler;
        this.tls = tls;
        this.settings = ServerSettings.create(system.classicSystem());
        this.idle = settings.getTimeouts().idleTimeout().isFinite()
                ? Duration.ofMillis(settings.getTimeouts().idleTimeout().toMillis())
                : FOR_EVER;
        int most = limits.most();
        this.visitors = new Visitors(new Visitors.Limits(
                most, Math.max(LEAST_RESERVE, most / 16), limits.perAddress(), Math.max(1, most / 2)));
    }

    public CompletionStage<Tcp.ServerBinding> open(String host, int port) {
        return Tcp.get(system.classicSystem())
                .bind(host, port, settings.getBacklog(), settings.getSocketOptions(), false, Optional.empty())
                .toMat(Sink.foreach(this::accept), (bound, over) -> {
                    var unused = over.handleAsync(
                            (done, failure) -> {
                                if (failure != null) {
                                    log.error("No more connections are accepted: restart the server", failure);
                                }
                                return Done.getInstance();
                            },
                            system.executionContext());
                    return bound;
                })
                .run(system);
    }

    /** Never throws: one connection that cannot be served must not keep others from being accepted. */
    private void accept(Tcp.IncomingConnection connection) {
        var killed = new CompletableFuture<UniqueKillSwitch>();
        Visitor visitor = visitors.enter(connection.remoteAddress().getAddress(), () -> {
                    var unused = killed.thenAcceptAsync(
                            end -> end.abort(new StreamTcpException("The connection gives way to a newer one")),
                            system.executionContext());
                })
                .orElse(null);
        if (visitor == null) {
            Flow.fromSinkAndSourceCoupled(Sink.<ByteString>cancelled(), Source.<ByteString>empty())
                    .join(connection.flow())
                    .run(system);
            return;
        }
        try {
            // The place becomes free when both directions have ended: a client's FIN alone does not close a socket.
            Flow<ByteString, ByteString, CompletionStage<Done>> watched = BidiFlow.fromGraph(
                            KillSwitches.<ByteString, ByteString>singleBidi())
                    .mapMaterializedValue(end -> {
                        killed.complete(end);
                        return end;
                    })
                    .atop(bothEnds(), Keep.right())
                    .join(connection.flow());
            CompletionStage<Done> ended = answering(visitor)
                    .join(http(connection.remoteAddress()))
                    .joinMat(watched, Keep.right())
                    .run(system);
            var unused = ended.handleAsync(
                    (done, failure) -> {
                        visitors.leave(visitor);
                        return Done.getInstance();
                    },
                    system.executionContext());
        } catch (RuntimeException e) {
            visitors.leave(visitor);
            log.error("A connection cannot be served", e);
        }
    }

    /** Completes when both directions have ended. */
    private BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<Done>> bothEnds() {
        return BidiFlow.fromFlowsMat(
                Flow.<ByteString>create().watchTermination(Keep.right()),
                Flow.<ByteString>create().watchTermination(Keep.right()),
                (out, in) -> out.handleAsync((done, failure) -> Done.getInstance(), system.executionContext())
                        .thenComposeAsync(
                                done -> in.handleAsync(
                                        (also, failure) -> Done.getInstance(), system.executionContext()),
                                system.executionContext()));
    }

    private Flow<HttpRequest, HttpResponse, NotUsed> answering(Visitor visitor) {
        return Flow.<HttpRequest>create()
                .mapAsync(1, request -> handler.apply(request.addAttribute(Visitor.KEY, visitor)));
    }

    /** Plain HTTP with the types of TLS. The cast is safe: a plain connection sends session bytes only. */
    @SuppressWarnings("unchecked")
    private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> plain() {
        return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>)
                (BidiFlow<?, ?, ?, ?, ?>) TLSPlacebo.getInstance();
    }

    private BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http(InetSocketAddress from) {
        BidiFlow<SslTlsOutbound, SslTlsOutbound, SslTlsInbound, SslTlsInbound, NotUsed> guard =
                BidiFlow.fromFlows(Flow.<SslTlsOutbound>create(), Flow.fromGraph(new HeadGuard(limits.headPatience())));
        BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> bytes =
                tls == null ? plain() : TLS.create(tls, TLSClosing.eagerClose());
        return Http.get(system)
                .serverLayer(settings, Optional.of(from))
                .atop(guard)
                .atop(bytes)
                .atop(BidiFlow.bidirectionalIdleTimeout(idle));
    }
}
