package io.platen.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import io.platen.api.webhook.CallbackClient.Resolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name that stands for a public address when it is checked and for this host when it is connected to. */
final class CallbackClientIT {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** Of a block that is for documentation (RFC 5737): nothing is there. */
    private static final byte[] PUBLIC = {(byte) 203, 0, 113, 1};

    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer inside;

    @BeforeEach
    void listen() throws Exception {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        inside.createContext("/", exchange -> {
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        inside.start();
    }

    @AfterEach
    void close() {
        inside.stop(0);
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void nameThatChangesAfterItsCheckReachesNothingInside() {
        Resolver rebinding = host ->
                new InetAddress[] {InetAddress.getByAddress(host, asked.getAndIncrement() == 0 ? PUBLIC : LOOPBACK)};
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> post(rebinding, false)).isNotNull();
        }
        assertThat(received).hasValue(0);
    }

    @Test
    void nameOfWhichOneAddressIsInsideIsRefused() {
        Resolver both = host ->
                new InetAddress[] {InetAddress.getByAddress(host, PUBLIC), InetAddress.getByAddress(host, LOOPBACK)};

        assertThatThrownBy(() -> post(both, false)).hasStackTraceContaining("allow-private");
        assertThat(received).hasValue(0);
    }

    @Test
    void insideIsReachedWhereItIsAllowed() throws Exception {
        Resolver here = host -> new InetAddress[] {InetAddress.getByAddress(host, LOOPBACK)};

        assertThat(post(here, true)).isEqualTo(200);
        assertThat(received).hasValue(1);
    }

    private int post(Resolver resolver, boolean allowPrivate) throws Exception {
        var config = ConfigFactory.parseString(
                        "platen.webhooks { allow-private = %s, timeout = 500ms }".formatted(allowPrivate))
                .withFallback(ConfigFactory.load())
                .resolve();
        var client = new CallbackClient(
                kit.system(), WebhookSettings.of(config, Path.of("unused")), resolver, ForkJoinPool.commonPool());
        String url = "http://hook.example.org:" + inside.getAddress().getPort() + "/hook";
        return client.post(
                        url, new WebhookEvent(1, "job-submitted", Instant.now(), new byte[0], null), "s", Runnable::run)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }
}
