package io.platen.persistence.journal;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import akka.stream.javadsl.Source;

/** Reads what the journal holds, whichever plugin it is. */
public final class JournalReader {
    private final CurrentPersistenceIdsQuery ids;
    private final CurrentEventsByPersistenceIdQuery events;

    public JournalReader(ActorSystem<?> system) {
        var queries = PersistenceQuery.get(system);
        ids = queries.getReadJournalFor(CurrentPersistenceIdsQuery.class, JournalPlugins.READ_JOURNAL);
        events = queries.getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, JournalPlugins.READ_JOURNAL);
    }

    /** Every event stream that there is; of some, all events may have been deleted. */
    public Source<String, NotUsed> persistenceIds() {
        return ids.currentPersistenceIds();
    }

    /** The events of a stream, by sequence number, both bounds included. */
    public Source<EventEnvelope, NotUsed> events(String persistenceId, long from, long to) {
        return events.currentEventsByPersistenceId(persistenceId, from, to);
    }
}
