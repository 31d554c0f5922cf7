package io.platen.api.http.request;

import akka.actor.typed.ActorSystem;
import akka.dispatch.Batchable;
import java.util.concurrent.Executor;

/**
 * Runs the callbacks of a request on the actor system's threads. A callback that is triggered by another one runs after it in
 * the same task: handing it to another thread would cost more than most callbacks do.
 */
public final class RequestExecutor implements Executor {
    private final Executor threads;

    private RequestExecutor(Executor threads) {
        this.threads = threads;
    }

    public static Executor of(ActorSystem<?> system) {
        return new RequestExecutor(system.executionContext());
    }

    @Override
    public void execute(Runnable callback) {
        threads.execute(new Callback(callback));
    }

    /** Akka runs what this triggers on the same executor in the same task ({@link Batchable}). */
    private record Callback(Runnable work) implements Runnable, Batchable {
        @Override
        public boolean isBatchable() {
            return true;
        }

        @Override
        public void run() {
            work.run();
        }
    }
}
