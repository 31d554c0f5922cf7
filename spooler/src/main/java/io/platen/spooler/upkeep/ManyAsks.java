package io.platen.spooler.upkeep;

import io.platen.spooler.job.Reply;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Sends many requests to the printers' queues, a few at a time. All at once they would be refused, and fill the memory. */
public final class ManyAsks {
    static final int AT_ONCE = 16;

    /**
     * How many requests succeeded.
     *
     * @param refused requests that were refused or not answered in time
     */
    public record Outcome(int done, int refused) {}

    private ManyAsks() {}

    /**
     * Sends a request for each element. Completes when all are answered.
     *
     * @param ask sends the request, and never fails
     * @param answered receives each answer
     */
    public static <T> CompletionStage<Outcome> each(
            Collection<T> all,
            Function<T, CompletionStage<Reply>> ask,
            BiConsumer<T, Reply> answered,
            Executor executor) {
        var asks = new Asks<>(new ConcurrentLinkedQueue<>(all), ask, answered, executor);
        for (int i = 0; i < AT_ONCE; i++) {
            asks.next();
        }
        return asks.over;
    }

    /** Each lane sends its next request when the last one is answered. */
    private static final class Asks<T> {
        private final Queue<T> waiting;
        private final Function<T, CompletionStage<Reply>> ask;
        private final BiConsumer<T, Reply> answered;
        private final Executor executor;
        private final AtomicInteger lanes = new AtomicInteger(AT_ONCE);
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final CompletableFuture<Outcome> over = new CompletableFuture<>();

        Asks(
                Queue<T> waiting,
                Function<T, CompletionStage<Reply>> ask,
                BiConsumer<T, Reply> answered,
                Executor executor) {
            this.waiting = waiting;
            this.ask = ask;
            this.answered = answered;
            this.executor = executor;
        }

        void next() {
            T one = waiting.poll();
            if (one == null) {
                if (lanes.decrementAndGet() == 0) {
                    over.complete(new Outcome(done.get(), refused.get()));
                }
                return;
            }
            var unused = ask.apply(one)
                    .thenAcceptAsync(
                            reply -> {
                                reply.<AtomicInteger>fold(ok -> done, no -> refused)
                                        .incrementAndGet();
                                answered.accept(one, reply);
                                next();
                            },
                            executor);
        }
    }
}
