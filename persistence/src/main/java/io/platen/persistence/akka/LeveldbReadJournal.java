package io.platen.persistence.akka;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.japi.Pair;
import akka.persistence.Persistence;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.Sequence;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import akka.persistence.query.javadsl.ReadJournal;
import akka.persistence.query.typed.javadsl.CurrentEventsBySliceQuery;
import akka.persistence.query.typed.javadsl.EventsBySliceQuery;
import akka.stream.javadsl.Source;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.StoredEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads the journal as streams. Offsets are ordinals ({@link Sequence}): a reader that continues after the last offset that
 * it saw misses no event and sees none twice. Reads in pieces, on demand, and holds no iterator open in between.
 */
public final class LeveldbReadJournal
        implements ReadJournal,
                CurrentPersistenceIdsQuery,
                CurrentEventsByPersistenceIdQuery,
                CurrentEventsBySliceQuery,
                EventsBySliceQuery {
    private final JournalStore store;
    private final EventSerialization serialization;
    private final Persistence persistence;
    private final Executor reading;

    LeveldbReadJournal(ActorSystem<?> system) {
        this.store = Journal.get(system).store();
        this.serialization = new EventSerialization(system);
        this.persistence = Persistence.get(system);
        this.reading =
                system.dispatchers().lookup(DispatcherSelector.fromConfig("platen.persistence.replay-dispatcher"));
    }

    /** Includes streams whose events were all deleted. */
    @Override
    public Source<String, NotUsed> currentPersistenceIds() {
        return Source.fromIterator(() -> store.streams().stream()
                .map(JournalStore.StreamInfo::persistenceId)
                .iterator());
    }

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(String persistenceId, long from, long to) {
        return Source.lazySource(() -> {
                    long end = Math.min(to, store.durableSequence(persistenceId));
                    return Source.unfoldAsync(
                            from,
                            next -> next > end
                                    ? CompletableFuture.completedFuture(Optional.<Pair<Long, List<StoredEvent>>>empty())
                                    : read(() -> store.read(persistenceId, next, end))
                                            .thenApplyAsync(events -> nextPiece(events), Runnable::run));
                })
                .mapMaterializedValue(started -> NotUsed.getInstance())
                .mapConcat(events -> events)
                .map(this::envelope);
    }

    private static Optional<Pair<Long, List<StoredEvent>>> nextPiece(List<StoredEvent> events) {
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(Pair.create(events.get(events.size() - 1).sequence() + 1, events));
    }

    @Override
    public <E> Source<akka.persistence.query.typed.EventEnvelope<E>, NotUsed> currentEventsBySlices(
            String entityType, int minSlice, int maxSlice, Offset offset) {
        Predicate<StoredEvent> wanted = within(entityType, minSlice, maxSlice);
        return Source.lazySource(() -> {
                    long end = store.lastOrdinal();
                    return Source.<Long, List<StoredEvent>>unfoldAsync(
                                    ordinal(offset),
                                    last -> last >= end
                                            ? CompletableFuture.completedFuture(Optional.empty())
                                            : read(() -> store.readAfter(last))
                                                    .thenApplyAsync(LeveldbReadJournal::next, Runnable::run))
                            .mapConcat(events -> events)
                            .takeWhile(stored -> stored.event().ordinal() <= end);
                })
                .mapMaterializedValue(started -> NotUsed.getInstance())
                .filter(wanted::test)
                .map(this::typedEnvelope);
    }

    @Override
    public <E> Source<akka.persistence.query.typed.EventEnvelope<E>, NotUsed> eventsBySlices(
            String entityType, int minSlice, int maxSlice, Offset offset) {
        Predicate<StoredEvent> wanted = within(entityType, minSlice, maxSlice);
        return Source.<Long, List<StoredEvent>>unfoldAsync(
                        ordinal(offset),
                        last -> store.after(last)
                                .thenComposeAsync(
                                        more -> read(() -> store.readAfter(last))
                                                .thenApplyAsync(LeveldbReadJournal::next, Runnable::run),
                                        reading))
                .mapConcat(events -> events)
                .filter(wanted::test)
                .map(this::typedEnvelope);
    }

    private static Optional<Pair<Long, List<StoredEvent>>> next(JournalStore.Piece piece) {
        return Optional.of(Pair.create(piece.last(), piece.events()));
    }

    @Override
    public int sliceForPersistenceId(String persistenceId) {
        return persistence.sliceForPersistenceId(persistenceId);
    }

    @Override
    public List<Pair<Integer, Integer>> sliceRanges(int numberOfRanges) {
        return CollectionConverters.asJava(persistence.sliceRanges(numberOfRanges)).stream()
                .map(range -> Pair.create((Integer) range.start(), (Integer) range.end()))
                .toList();
    }

    private Predicate<StoredEvent> within(String entityType, int minSlice, int maxSlice) {
        return stored -> {
            int slice = sliceForPersistenceId(stored.persistenceId());
            return slice >= minSlice
                    && slice <= maxSlice
                    && entityType(stored.persistenceId()).equals(entityType);
        };
    }

    /** The ordinal after which a reader with this offset continues. */
    private static long ordinal(Offset offset) {
        if (offset instanceof Sequence sequence) {
            return sequence.value();
        }
        if (offset.equals(Offset.noOffset())) {
            return 0;
        }
        throw new IllegalArgumentException(
                "The offset must be a Sequence, which is an ordinal of this journal, not " + offset);
    }

    private EventEnvelope envelope(StoredEvent stored) {
        EventRecord event = stored.event();
        return new EventEnvelope(
                Offset.sequence(event.ordinal()),
                stored.persistenceId(),
                stored.sequence(),
                serialization.payload(event),
                event.at(),
                serialization.metadata(event));
    }

    @SuppressWarnings("unchecked")
    private <E> akka.persistence.query.typed.EventEnvelope<E> typedEnvelope(StoredEvent stored) {
        EventRecord event = stored.event();
        return new akka.persistence.query.typed.EventEnvelope<>(
                Offset.sequence(event.ordinal()),
                stored.persistenceId(),
                stored.sequence(),
                Option.apply((E) serialization.payload(event)),
                event.at(),
                serialization.metadata(event),
                entityType(stored.persistenceId()),
                sliceForPersistenceId(stored.persistenceId()),
                false,
                "",
                CollectionConverters.asScala(Set.copyOf(event.tags())).toSet());
    }

    /** By Akka's convention, the part before the bar. */
    private static String entityType(String persistenceId) {
        int bar = persistenceId.indexOf('|');
        return bar < 0 ? "" : persistenceId.substring(0, bar);
    }

    private <T> CompletionStage<T> read(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                reading);
    }
}
