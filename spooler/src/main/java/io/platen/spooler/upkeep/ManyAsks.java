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

/** Many requests to the printers' queues, a few at a time: all at once they would be refused, and fill the memory. */
public final class ManyAsks {
    static final int AT_ONCE = 16;

    /**
     * How it went.
     *
     * @param refused what was refused or not answered in time
     */
    public record Outcome(int done, int refused) {}

    private ManyAsks() {}

    /**
     * Asks for each of them; completes when all are answered.
     *
     * @param ask never fails
     * @param answered hears each answer
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

    /** Each lane asks for the next when the one before is answered. */
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
