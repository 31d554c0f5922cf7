package io.platen.persistence.journal;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import akka.stream.javadsl.Source;
import java.util.stream.LongStream;

/** Reads what the journal holds. */
public final class JournalReader {
    private final CurrentPersistenceIdsQuery ids;
    private final CurrentEventsByPersistenceIdQuery events;
    private final long window;

    public JournalReader(ActorSystem<?> system) {
        var queries = PersistenceQuery.get(system);
        ids = queries.getReadJournalFor(CurrentPersistenceIdsQuery.class, JournalPlugins.READ_JOURNAL);
        events = queries.getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, JournalPlugins.READ_JOURNAL);
        window = system.settings().config().getLong(JournalPlugins.READ_JOURNAL + ".max-buffer-size");
    }

    /** Every event stream that was ever asked for; some may hold no event. */
    public Source<String, NotUsed> persistenceIds() {
        return ids.currentPersistenceIds();
    }

    /**
     * The events of a stream, by sequence number, both bounds included.
     *
     * <p>Read in windows of the plugin's buffer: Akka's LevelDB query never completes when a range holds
     * one event more than a multiple of its buffer (2.8.5).
     */
    public Source<EventEnvelope, NotUsed> events(String persistenceId, long from, long to) {
        return Source.fromJavaStream(() -> LongStream.iterate(from, start -> start <= to, start -> start + window)
                        .boxed())
                .flatMapConcat(start ->
                        events.currentEventsByPersistenceId(persistenceId, start, Math.min(to, start + window - 1)));
    }
}
