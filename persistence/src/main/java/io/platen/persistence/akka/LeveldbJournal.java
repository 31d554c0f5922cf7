package io.platen.persistence.akka;

import akka.Done;
import akka.actor.typed.javadsl.Adapter;
import akka.dispatch.Futures;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import com.typesafe.config.Config;
import io.platen.persistence.commit.GroupCommit.Answer;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.StoredEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka's journal on LevelDB, {@code platen.persistence.journal}.
 *
 * <p>Events of all streams that arrive during a sync share the next one, see {@link JournalStore}. Only the write that
 * contains an event that cannot be serialized is rejected; when a group cannot be written, all writes in it fail.
 */
final class LeveldbJournal extends AsyncWriteJournal {
    private final JournalStore store;
    private final EventSerialization serialization;
    private final Executor reading;

    /** Akka calls this by reflection. */
    LeveldbJournal(Config config) {
        var system = context().system();
        this.store = Journal.get(Adapter.toTyped(system)).store();
        this.serialization = new EventSerialization(Adapter.toTyped(system));
        this.reading = system.dispatchers().lookup(config.getString("replay-dispatcher"));
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        var events = new ArrayList<StoredEvent>(1);
        var rejections = new ArrayList<Optional<Exception>>(1);
        boolean anyRejected = false;
        for (AtomicWrite write : messages) {
            Exception rejection = serialize(write, events);
            rejections.add(Optional.ofNullable(rejection));
            anyRejected |= rejection != null;
        }
        // For Akka an empty list means that everything was stored.
        Iterable<Optional<Exception>> result = anyRejected ? rejections : List.of();
        if (events.isEmpty()) {
            return Futures.successful(result);
        }
        var written = new Written(Futures.promise(), result);
        store.append(events, written);
        return written.promise().future();
    }

    /** Completes Akka's promise directly, without a CompletionStage in between. */
    private record Written(Promise<Iterable<Optional<Exception>>> promise, Iterable<Optional<Exception>> result)
            implements Answer<Done> {
        @Override
        public void done(Done done) {
            promise.trySuccess(result);
        }

        @Override
        public void failed(Throwable cause) {
            promise.tryFailure(cause);
        }
    }

    /** Adds the events of a write. Returns why the whole write is rejected, or null. */
    private @Nullable Exception serialize(AtomicWrite write, List<StoredEvent> into) {
        int before = into.size();
        try {
            for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
                into.add(new StoredEvent(event.persistenceId(), event.sequenceNr(), serialization.toRecord(event)));
            }
            return null;
        } catch (Exception e) {
            into.subList(before, into.size()).clear();
            return e;
        }
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequence) {
        return blocking(() -> store.deleteTo(persistenceId, toSequence));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long most, Consumer<PersistentRepr> replayed) {
        return blocking(() ->
                store.replay(persistenceId, from, to, most, event -> replayed.accept(serialization.toRepr(event))));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
        return FutureConverters.asScala(store.highestSequence(persistenceId));
    }

    private interface Blocking {
        void run() throws IOException;
    }

    private Future<Void> blocking(Blocking work) {
        CompletionStage<Done> done = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        work.run();
                        return Done.getInstance();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                reading);
        return FutureConverters.asScala(done.thenAcceptAsync(end -> {}, Runnable::run));
    }
}
