package io.platen.persistence.akka;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.journal.JournalSettings;
import io.platen.persistence.journal.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** The open journal of an actor system. All plugins of the system share it. */
public final class Journal implements Extension {
    private static final Id ID = new Id();

    private final JournalStore store;

    private static final class Id extends ExtensionId<Journal> {
        @Override
        public Journal createExtension(ActorSystem<?> system) {
            return new Journal(system);
        }
    }

    private Journal(ActorSystem<?> system) {
        try {
            store = JournalStore.open(
                    JournalSettings.of(system.settings().config()),
                    system.dispatchers()
                            .lookup(DispatcherSelector.fromConfig(JournalPlugins.JOURNAL + ".answer-dispatcher")));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseActorSystemTerminate(), "close the journal", () -> {
                    // Actors may write until the system has terminated.
                    system.getWhenTerminated().thenRunAsync(store::close, Runnable::run);
                    return CompletableFuture.completedFuture(Done.getInstance());
                });
    }

    /**
     * Opens the journal on the first call.
     *
     * @throws UncheckedIOException when it cannot be opened
     */
    public static Journal get(ActorSystem<?> system) {
        return ID.apply(system);
    }

    public JournalStore store() {
        return store;
    }
}
