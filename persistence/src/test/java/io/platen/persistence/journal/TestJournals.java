package io.platen.persistence.journal;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import io.platen.persistence.commit.GroupCommit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Journals for tests. */
public final class TestJournals {
    private TestJournals() {}

    /** An actor system whose stores are in this directory. */
    public static ActorTestKit start(Path directory, String config) {
        return ActorTestKit.create(ConfigFactory.load(
                ConfigFactory.parseString(config).withFallback(ConfigFactory.parseString("""
                        platen.data-dir = "%s"
                        platen.persistence.free-space-reserve = 1 MiB
                        akka.loglevel = WARNING
                        """.formatted(directory)))));
    }

    public static JournalStore open(Path directory) throws IOException {
        return open(directory, 4 * 1024 * 1024);
    }

    public static JournalStore open(Path directory, int writeBufferBytes) throws IOException {
        return JournalStore.open(settings(directory, writeBufferBytes, 1024), Runnable::run);
    }

    public static JournalSettings settings(Path directory, int writeBufferBytes, long reserveBytes) {
        return new JournalSettings(
                directory, writeBufferBytes, new GroupCommit.Limits(10_000, 1_000, 1024 * 1024, 10), reserveBytes);
    }

    public static StoredEvent event(String id, long sequence) {
        return event(id, sequence, "event %d of %s".formatted(sequence, id));
    }

    public static StoredEvent event(String id, long sequence, String content) {
        return new StoredEvent(
                id,
                sequence,
                new EventRecord(
                        0,
                        1000 + sequence,
                        "writer",
                        "",
                        List.of(),
                        new EventRecord.Serialized(1, "", content.getBytes(StandardCharsets.UTF_8)),
                        null));
    }

    public static void append(JournalStore store, StoredEvent... events) {
        store.append(List.of(events)).toCompletableFuture().join();
    }

    public static String text(StoredEvent event) {
        return new String(event.event().content().bytes(), StandardCharsets.UTF_8);
    }

    /** All that is stored, in the order of storing. */
    public static List<StoredEvent> all(JournalStore store) throws IOException {
        var events = new ArrayList<StoredEvent>();
        long seen = 0;
        while (seen < store.lastOrdinal()) {
            var piece = store.readAfter(seen);
            events.addAll(piece.events());
            seen = piece.last();
        }
        return events;
    }

    /** Deletes the files of a directory. */
    public static void deleteAll(Path flat) throws IOException {
        try (Stream<Path> files = Files.list(flat)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
    }
}
