package io.platen.api.http.request;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Runs work that waits for the disk, {@code /proc} or a jar, on threads that may block. A route must not do it on its own
 * thread: HTTP shares its few threads with all printers' actors, and a slow disk would stop them all.
 */
public final class OnDisk {
    private final Executor threads;

    OnDisk(Executor threads) {
        this.threads = threads;
    }

    /** For work that takes a moment. */
    public static OnDisk of(ActorSystem<?> system) {
        return new OnDisk(dispatcher(system, "platen.persistence.blocking-dispatcher"));
    }

    /** For reads that last as long as a slow client takes: uploads and printers must not wait for them. */
    public static OnDisk atTheReadersPace(ActorSystem<?> system) {
        return new OnDisk(dispatcher(system, "platen.http.evidence-dispatcher"));
    }

    private static Executor dispatcher(ActorSystem<?> system, String name) {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig(name));
    }

    @FunctionalInterface
    public interface Question<A> {
        A ask() throws IOException;
    }

    /** Completes with the answer or its failure. Name an executor for the next stage. */
    public <A> CompletionStage<A> ask(Question<A> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return question.ask();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** Runs work that handles its own failures; nobody waits for its end. */
    public void execute(Runnable work) {
        threads.execute(work);
    }
}
