package io.platen.spooler.queue;

import akka.dispatch.Futures;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** A journal in memory that fails when it is told to, as a disk does. Made by Akka, by its class name. */
public final class FailingJournal extends AsyncWriteJournal {
    private static final Map<String, List<PersistentRepr>> streams = new ConcurrentHashMap<>();
    private static final AtomicBoolean failNext = new AtomicBoolean();
    private static volatile @Nullable String unstorable;

    static void clear() {
        streams.clear();
        failNext.set(false);
        unstorable = null;
    }

    /** Events whose text has this in it cannot be written down from now on. */
    static void rejectWhatSays(String text) {
        unstorable = text;
    }

    static void failNextWrite() {
        failNext.set(true);
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        if (failNext.getAndSet(false)) {
            return Futures.failed(new IOException("the disk failed"));
        }
        String refused = unstorable;
        var answers = new ArrayList<Optional<Exception>>();
        for (AtomicWrite write : messages) {
            var events = CollectionConverters.asJava(write.payload());
            if (refused != null
                    && events.stream()
                            .anyMatch(event -> event.payload().toString().contains(refused))) {
                answers.add(Optional.of(new IOException("not to be written down")));
                continue;
            }
            answers.add(Optional.empty());
            streams.computeIfAbsent(write.persistenceId(), id -> new CopyOnWriteArrayList<>())
                    .addAll(events);
        }
        return Futures.successful(answers);
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return Futures.failed(new IOException("nothing is deleted here"));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long most, Consumer<PersistentRepr> replay) {
        streams.getOrDefault(persistenceId, List.of()).stream()
                .filter(event -> event.sequenceNr() >= from && event.sequenceNr() <= to)
                .limit(most)
                .forEach(replay);
        return Futures.successful(null);
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
        var events = streams.getOrDefault(persistenceId, List.of());
        return Futures.successful(
                events.isEmpty() ? 0L : events.get(events.size() - 1).sequenceNr());
    }
}
