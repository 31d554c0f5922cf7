package io.platen.persistence.akka;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import akka.persistence.query.typed.javadsl.CurrentEventsBySliceQuery;
import akka.persistence.query.typed.javadsl.EventsBySliceQuery;
import akka.stream.javadsl.Source;
import io.platen.persistence.JournalPlugins;

/** Reads the journal through Akka's queries, whichever plugin stores it. */
public final class JournalReader {
    private static final int LAST_SLICE = 1023;

    private final CurrentPersistenceIdsQuery ids;
    private final CurrentEventsByPersistenceIdQuery events;
    private final CurrentEventsBySliceQuery slices;
    private final EventsBySliceQuery liveSlices;

    public JournalReader(ActorSystem<?> system) {
        var queries = PersistenceQuery.get(system);
        ids = queries.getReadJournalFor(CurrentPersistenceIdsQuery.class, JournalPlugins.READ_JOURNAL);
        events = queries.getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, JournalPlugins.READ_JOURNAL);
        slices = queries.getReadJournalFor(CurrentEventsBySliceQuery.class, JournalPlugins.READ_JOURNAL);
        liveSlices = queries.getReadJournalFor(EventsBySliceQuery.class, JournalPlugins.READ_JOURNAL);
    }

    /** All event streams, including those whose events were all deleted. */
    public Source<String, NotUsed> persistenceIds() {
        return ids.currentPersistenceIds();
    }

    /** The events of a stream, by sequence number, both bounds included. */
    public Source<EventEnvelope, NotUsed> events(String persistenceId, long from, long to) {
        return events.currentEventsByPersistenceId(persistenceId, from, to);
    }

    /** The stored events of one type of entity after an ordinal, in the order of storing. */
    public Source<akka.persistence.query.typed.EventEnvelope<Object>, NotUsed> allAfter(
            String entityType, long ordinal) {
        return slices.currentEventsBySlices(entityType, 0, LAST_SLICE, Offset.sequence(ordinal));
    }

    /** Like {@link #allAfter}, followed by the events stored from now on. */
    public Source<akka.persistence.query.typed.EventEnvelope<Object>, NotUsed> liveAfter(
            String entityType, long ordinal) {
        return liveSlices.eventsBySlices(entityType, 0, LAST_SLICE, Offset.sequence(ordinal));
    }
}
