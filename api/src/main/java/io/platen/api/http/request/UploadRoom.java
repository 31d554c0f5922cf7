package io.platen.api.http.request;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreFullException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Refuses work that the disk has no room for.
 *
 * @param disk is asked only if free space is not certain, which is rare
 * @param executor continues after the disk has answered
 */
public record UploadRoom(FreeSpace space, OnDisk disk, Executor executor) {

    /** Does work that needs this many bytes, or fails with a problem. */
    public <A> CompletionStage<A> with(long bytes, Supplier<CompletionStage<A>> work) {
        return with(bytes, work, CompletableFuture::failedStage);
    }

    /** Does work that needs this many bytes, or lets {@code full} answer the problem. */
    public <A> CompletionStage<A> with(
            long bytes, Supplier<CompletionStage<A>> work, Function<ProblemException, CompletionStage<A>> full) {
        if (space.surelyHas(bytes)) {
            // On this thread, because a small submission should not wait for another thread.
            return work.get();
        }
        return disk.ask(() -> problem(bytes))
                .thenComposeAsync(problem -> problem.map(full).orElseGet(work), executor);
    }

    private Optional<ProblemException> problem(long bytes) {
        try {
            space.require(bytes);
            return Optional.empty();
        } catch (StoreFullException e) {
            return Optional.of(new ProblemException(ProblemType.STORE_FULL, e.getMessage() + "."));
        }
    }
}
