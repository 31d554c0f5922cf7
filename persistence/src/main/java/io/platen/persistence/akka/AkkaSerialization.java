package io.platen.persistence.akka;

import akka.actor.typed.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import io.platen.persistence.journal.EventRecord.Serialized;

/** Turns objects into stored bytes and back, with Akka's configured serializers. Throws what a serializer throws. */
public final class AkkaSerialization {
    private final Serialization serialization;

    public AkkaSerialization(ActorSystem<?> system) {
        this.serialization = SerializationExtension.get(system);
    }

    public Serialized serialize(Object object) {
        Serializer serializer = serialization.findSerializerFor(object);
        return new Serialized(
                serializer.identifier(),
                Serializers.manifestFor(serializer, object),
                serialization.serialize(object).get());
    }

    public Object deserialize(Serialized stored) {
        return serialization
                .deserialize(stored.bytes(), stored.serializer(), stored.manifest())
                .get();
    }
}
