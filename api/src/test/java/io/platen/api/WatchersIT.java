package io.platen.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.simulator.SimulatedPrinter;
import io.platen.printer.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand clients watch while two hundred submit: each sees every event once, in order, in 512 MiB. */
final class WatchersIT {
    private static final int WATCHERS = 1_000;
    private static final int SUBMITTERS = 200;
    private static final int JOBS_EACH = 2;
    private static final int PRINTERS = 20;
    private static final int EVENTS = 3 * SUBMITTERS * JOBS_EACH;
    private static final int CONNECTING_AT_ONCE = 50;
    private static final byte[] LABEL = "^XA^FDhello^FS^XZ".getBytes(UTF_8);

    @TempDir
    Path data;

    /** Counts what it sees. */
    private static final class Watcher implements Flow.Subscriber<String> {
        final CompletableFuture<Void> ready = new CompletableFuture<>();
        final CountDownLatch all;
        final Semaphore connecting;
        final List<Long> ids = new ArrayList<>();
        private Flow.@Nullable Subscription subscription;

        Watcher(CountDownLatch all, Semaphore connecting) {
            this.all = all;
            this.connecting = connecting;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            newSubscription.request(Long.MAX_VALUE);
        }

        @Override
        public synchronized void onNext(String line) {
            if (ready.complete(null)) {
                connecting.release();
            }
            if (line.startsWith("id: ")) {
                ids.add(Long.parseLong(line.substring(4)));
                if (ids.size() == EVENTS) {
                    all.countDown();
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            ready.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ready.completeExceptionally(new IllegalStateException("The stream has ended"));
        }

        synchronized List<Long> ids() {
            return List.copyOf(ids);
        }

        void cancel() {
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    @Test
    void everyWatcherSeesEveryEventOnce() throws Exception {
        try (var printer = SimulatedPrinter.start(SimulatorSettings.healthy());
                var server = ServerProcess.start(data, "-Xmx512m", "-Dplaten.http.events.clients-per-caller=2000")) {
            Http http = server.http();
            for (int i = 0; i < PRINTERS; i++) {
                http.printer("p" + i, printer.uri());
            }
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var all = new CountDownLatch(WATCHERS);
            var watchers = new ArrayList<Watcher>();
            var connecting = new Semaphore(CONNECTING_AT_ONCE);
            for (int i = 0; i < WATCHERS; i++) {
                var watcher = new Watcher(all, connecting);
                watchers.add(watcher);
                connecting.acquire();
                var unused = client.sendAsync(
                        HttpRequest.newBuilder(URI.create(server.url() + "/v1/events"))
                                .build(),
                        BodyHandlers.fromLineSubscriber(watcher));
            }
            for (Watcher watcher : watchers) {
                watcher.ready.get(60, TimeUnit.SECONDS);
            }
            var submitters = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < SUBMITTERS; i++) {
                for (int job = 0; job < JOBS_EACH; job++) {
                    submitters.add(http.postLater("/v1/printers/p" + i % PRINTERS + "/jobs", LABEL));
                }
            }
            CompletableFuture.allOf(submitters.toArray(CompletableFuture[]::new))
                    .get(120, TimeUnit.SECONDS);
            assertThat(all.await(180, TimeUnit.SECONDS)).isTrue();
            List<Long> expected = watchers.get(0).ids();
            assertThat(expected).hasSize(EVENTS).isSorted().doesNotHaveDuplicates();
            assertThat(watchers).allSatisfy(watcher -> assertThat(watcher.ids()).isEqualTo(expected));
            watchers.forEach(Watcher::cancel);
        }
    }
}
