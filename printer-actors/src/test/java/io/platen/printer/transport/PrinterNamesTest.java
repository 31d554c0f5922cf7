package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.printer.transport.PrinterNames.Found;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name server that is slow, silent, wrong or gone stops no printer but its own, and that not for long. */
final class PrinterNamesTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch silence = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private volatile PrinterNames.Resolver server = host -> new InetAddress[] {address(1)};

    private final PrinterNames names = new PrinterNames(
            host -> {
                asked.incrementAndGet();
                return server.resolve(host);
            },
            threads,
            clock(),
            KEPT);

    private InstantSource clock() {
        return () -> now;
    }

    @AfterEach
    void stop() {
        silence.countDown();
        threads.shutdownNow();
    }

    @Test
    void addressesNeedNoLookUpAndNoThread() throws Exception {
        server = host -> silent();
        for (int i = 0; i < 200; i++) {
            var found = names.addresses("10.0.0." + i, SOON).toCompletableFuture();
            assertThat(found).isCompleted();
            assertThat(found.get().addresses()).containsExactly(InetAddress.getByName("10.0.0." + i));
        }
        assertThat(names.addresses("2001:db8::1", SOON).toCompletableFuture()).isCompleted();
        assertThat(names.addresses("fe80::1%no-such-zone", SOON).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(asked).hasValue(0);
    }

    @Test
    void oneLookUpPerNameIsUnderWayWhoeverAsks() throws Exception {
        server = host -> {
            await(silence);
            return new InetAddress[] {address(7)};
        };
        var askers = new ArrayList<CompletableFuture<Found>>();
        for (int i = 0; i < 100; i++) {
            askers.add(names.addresses(i % 2 == 0 ? "dock" : "DOCK", LONG).toCompletableFuture());
        }
        silence.countDown();
        for (var asker : askers) {
            assertThat(get(asker).addresses()).containsExactly(address(7));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void hangingLookUpLeavesOtherNamesTheirThreads() throws Exception {
        server = host -> host.equals("hangs") ? silent() : new InetAddress[] {address(2)};
        var hangs = names.addresses("hangs", SOON).toCompletableFuture();
        names.addresses("hangs", SOON);

        assertThat(get(names.addresses("other", LONG)).addresses()).containsExactly(address(2));
        assertThatThrownBy(() -> get(hangs))
                .rootCause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("did not answer");
    }

    @Test
    void lastGoodAddressesAreUsedWhileTheServerIsSilent() throws Exception {
        get(names.addresses("dock", LONG));
        Instant then = now;
        now = now.plus(KEPT).plusSeconds(1);
        server = host -> silent();

        var found = get(names.addresses("dock", SOON));
        assertThat(found.addresses()).containsExactly(address(1));
        assertThat(found.lastGoodAt()).isEqualTo(then);
    }

    /** Not each label waits for it anew. */
    @Test
    void serverThatIsKnownToBeSilentIsNotWaitedForAgain() throws Exception {
        get(names.addresses("dock", LONG));
        now = now.plus(KEPT).plusSeconds(1);
        server = host -> silent();
        names.stillHas("dock", address(1));
        now = now.plusSeconds(3);

        long began = System.nanoTime();
        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(1));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void resolverThatThrowsDoesNotSpoilItsName() throws Exception {
        server = host -> {
            throw new IllegalStateException("A bug, for the test");
        };
        assertThatThrownBy(() -> get(names.addresses("dock", LONG)))
                .rootCause()
                .isInstanceOf(UnknownHostException.class);
        now = now.plusSeconds(3);
        server = host -> new InetAddress[] {address(4)};
        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(4));
    }

    @Test
    void lastGoodAddressesAreUsedWhileTheServerIsInTrouble() throws Exception {
        get(names.addresses("dock", LONG));
        now = now.plus(KEPT).plusSeconds(1);
        server = host -> {
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        };

        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(1));
        // Its failure is remembered for a moment, and so are the addresses.
        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(1));
    }

    @Test
    void nameThatIsGoneIsUnknownAndAskedForAgainSoon() throws Exception {
        get(names.addresses("dock", LONG));
        now = now.plus(KEPT).plusSeconds(1);
        server = host -> {
            throw new UnknownHostException(host + ": Name or service not known");
        };
        assertThatThrownBy(() -> get(names.addresses("dock", LONG)))
                .rootCause()
                .isInstanceOf(UnknownHostException.class);
        int before = asked.get();
        assertThatThrownBy(() -> get(names.addresses("dock", LONG)))
                .rootCause()
                .isInstanceOf(UnknownHostException.class);
        assertThat(asked).as("kept for a moment").hasValue(before);

        now = now.plusSeconds(3);
        server = host -> new InetAddress[] {address(3)};
        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(3));
    }

    @Test
    void answerIsKeptForItsTimeAndNoLonger() throws Exception {
        get(names.addresses("dock", LONG));
        server = host -> new InetAddress[] {address(5), address(6)};
        now = now.plus(KEPT).minusMillis(1);
        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(1));
        now = now.plusMillis(1);
        assertThat(get(names.addresses("dock", LONG)).addresses()).containsExactly(address(5), address(6));
    }

    @Test
    void whetherANameStillHasAnAddressIsAskedInTheBackground() throws Exception {
        assertThat(names.stillHas("dock", address(9)))
                .as("nothing is known yet")
                .isTrue();
        get(names.addresses("dock", LONG));
        assertThat(names.stillHas("dock", address(1))).isTrue();
        assertThat(names.stillHas("10.0.0.1", address(9))).as("no name").isTrue();

        server = host -> new InetAddress[] {address(2)};
        now = now.plus(KEPT).plusSeconds(1);
        names.stillHas("dock", address(1));
        get(names.addresses("dock", LONG));
        assertThat(names.stillHas("dock", address(1))).isFalse();
        assertThat(names.stillHas("dock", address(2))).isTrue();
    }

    private InetAddress[] silent() {
        await(silence);
        return new InetAddress[0];
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 1, 1, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Found get(CompletionStage<Found> found) throws Exception {
        return found.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void familiesTakeTurns() throws Exception {
        var v6 = InetAddress.getByName("2001:db8::1");
        var order = Race.interleaved(List.of(at(address(1)), at(address(2)), at(address(3)), at(v6)));

        assertThat(order).containsExactly(at(address(1)), at(v6), at(address(2)), at(address(3)));
    }

    private static InetSocketAddress at(InetAddress address) {
        return new InetSocketAddress(address, 9100);
    }
}
