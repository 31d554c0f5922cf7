package io.platen.api.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs credential checks that may block while the keys of an identity provider are fetched. They have threads of their own
 * and a bounded queue, so a flood of tokens delays only requests whose tokens need such a check.
 */
final class CredentialChecks {
    private static final int MOST_WAITING = 500;

    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();

    CredentialChecks(Executor executor) {
        this.executor = executor;
    }

    /**
     * Runs a check.
     *
     * @param busy gives the answer if too many checks are waiting already
     */
    <A> CompletionStage<A> check(Supplier<A> check, Supplier<A> busy) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(busy.get());
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return check.get();
                    } finally {
                        waiting.decrementAndGet();
                    }
                },
                executor);
    }
}
