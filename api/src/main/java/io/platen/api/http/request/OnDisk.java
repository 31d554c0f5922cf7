package io.platen.api.http.request;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Asks what only the disk, {@code /proc} or a jar can answer, on threads that may wait for it. A route must not ask them on
 * its own thread: HTTP shares its few threads with every printer's actor, and a disk answers when it likes.
 */
public final class OnDisk {
    private final Executor threads;

    /** Asks on these threads. */
    OnDisk(Executor threads) {
        this.threads = threads;
    }

    /** For questions that take a moment. */
    public static OnDisk of(ActorSystem<?> system) {
        return new OnDisk(dispatcher(system, "platen.persistence.blocking-dispatcher"));
    }

    /** For long reads, at the pace of a slow client: uploads and printers must not wait for those. */
    public static OnDisk atTheReadersPace(ActorSystem<?> system) {
        return new OnDisk(dispatcher(system, "platen.http.evidence-dispatcher"));
    }

    private static Executor dispatcher(ActorSystem<?> system, String name) {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig(name));
    }

    /** A question that blocks. */
    @FunctionalInterface
    public interface Question<A> {
        A ask() throws IOException;
    }

    /** The answer, or the failure that the question ended with. Name an executor for what follows. */
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

    /** Does work whose end nobody waits for; it handles its own failures. */
    public void execute(Runnable work) {
        threads.execute(work);
    }
}
