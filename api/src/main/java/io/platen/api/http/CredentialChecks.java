package io.platen.api.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Checks of credentials that may block, as keys of an identity provider must be fetched. They have threads of their own, and
 * few wait for those: whoever sends more tokens than can be checked holds up nobody but those who send such tokens.
 */
final class CredentialChecks {
    private static final int MOST_WAITING = 500;

    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();

    CredentialChecks(Executor executor) {
        this.executor = executor;
    }

    /**
     * Checks, or answers at once.
     *
     * @param busy the answer where too many wait already
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
