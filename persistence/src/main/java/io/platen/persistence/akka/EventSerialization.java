package io.platen.persistence.akka;

import akka.actor.typed.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.Tagged;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.EventRecord.Serialized;
import io.platen.persistence.journal.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Turns Akka's events into stored ones and back. Throws what an event's serializer throws. */
final class EventSerialization {
    private final AkkaSerialization serialization;

    EventSerialization(ActorSystem<?> system) {
        this.serialization = new AkkaSerialization(system);
    }

    EventRecord toRecord(PersistentRepr event) {
        boolean tagged = event.payload() instanceof Tagged;
        Object payload = tagged ? ((Tagged) event.payload()).payload() : event.payload();
        List<String> tags =
                tagged ? List.copyOf(CollectionConverters.asJava(((Tagged) event.payload()).tags())) : List.of();
        @Nullable
        Object metadata = event.metadata().isDefined() ? event.metadata().get() : null;
        return new EventRecord(
                0,
                // Akka leaves setting the time to the journal.
                event.timestamp() == 0 ? System.currentTimeMillis() : event.timestamp(),
                event.writerUuid(),
                event.manifest(),
                tags,
                serialization.serialize(payload),
                metadata == null ? null : serialization.serialize(metadata));
    }

    PersistentRepr toRepr(StoredEvent stored) {
        EventRecord event = stored.event();
        PersistentRepr repr = PersistentRepr.apply(
                        payload(event),
                        stored.sequence(),
                        stored.persistenceId(),
                        event.adapterManifest(),
                        false,
                        null,
                        event.writer())
                .withTimestamp(event.at());
        Serialized metadata = event.metadata();
        return metadata == null ? repr : repr.withMetadata(serialization.deserialize(metadata));
    }

    Object payload(EventRecord event) {
        return serialization.deserialize(event.content());
    }

    Option<Object> metadata(EventRecord event) {
        Serialized metadata = event.metadata();
        return metadata == null ? Option.empty() : Option.apply(serialization.deserialize(metadata));
    }
}
