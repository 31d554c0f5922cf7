package io.platen.persistence.journal;

import static io.platen.persistence.journal.TestJournals.all;
import static io.platen.persistence.journal.TestJournals.append;
import static io.platen.persistence.journal.TestJournals.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalStoreTest {
    private static final int SMALL_BUFFER = 64 * 1024;

    @TempDir
    Path directory;

    @Test
    void keepsEventsAcrossARestartInTheirOrder() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1), event("a", 2));
            append(store, event("b", 1));
            append(store, event("a", 3));
        }
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(all(store))
                    .extracting(TestJournals::text)
                    .containsExactly("event 1 of a", "event 2 of a", "event 1 of b", "event 3 of a");
            assertThat(all(store))
                    .extracting(stored -> stored.event().ordinal())
                    .containsExactly(1L, 2L, 3L, 4L);
            assertThat(store.read("a", 2, 9)).extracting(StoredEvent::sequence).containsExactly(2L, 3L);
            append(store, event("b", 2));
            assertThat(store.lastOrdinal()).isEqualTo(5);
        }
    }

    @Test
    void writesOfManyShareASync() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            var writes = new ArrayList<CompletableFuture<Done>>();
            for (int sequence = 1; sequence <= 20; sequence++) {
                for (int stream = 0; stream < 100; stream++) {
                    writes.add(
                            store.append(List.of(event("s" + stream, sequence))).toCompletableFuture());
                }
            }
            writes.forEach(CompletableFuture::join);

            assertThat(store.metrics().groupSize().sum()).isEqualTo(2000);
            assertThat(store.metrics().groupSize().count()).isLessThan(1000);
            assertThat(all(store)).hasSize(2000);
            var ordinals =
                    all(store).stream().map(stored -> stored.event().ordinal()).toList();
            assertThat(ordinals)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2000).boxed().toList());
        }
    }

    @Test
    void readsOnBehindAnyOrdinal() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1), event("a", 2), event("a", 3));
            append(store, event("b", 1), event("b", 2));
            for (long after = 0; after < 5; after++) {
                long behind = after;
                var read = new ArrayList<Long>();
                for (var piece = store.readAfter(after);
                        piece.last() > behind;
                        behind = piece.last(), piece = store.readAfter(behind)) {
                    piece.events().forEach(stored -> read.add(stored.event().ordinal()));
                }
                assertThat(read)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(after + 1, 5).boxed().toList());
            }
            assertThat(store.readAfter(5).events()).isEmpty();
        }
    }

    @Test
    void deletedEventsAreGoneAndTheirSpaceComesBack() throws IOException {
        var random = new Random(7);
        try (JournalStore store = TestJournals.open(directory, SMALL_BUFFER)) {
            for (int sequence = 1; sequence <= 2000; sequence++) {
                append(store, event("old", sequence, noise(random)), event("kept", sequence, noise(random)));
            }
            long before = size();

            store.deleteTo("old", 2000);
            store.compact();

            assertThat(store.read("old", 1, Long.MAX_VALUE)).isEmpty();
            assertThat(all(store))
                    .hasSize(2000)
                    .allMatch(stored -> stored.persistenceId().equals("kept"));
            assertThat(store.streams())
                    .containsExactly(new StreamInfo("kept", 0, 2000), new StreamInfo("old", 2000, 2000));
            assertThat(size()).isLessThan(before * 2 / 3);
            store.deleteTo("kept", 1999);
            store.compact();
            assertThat(size()).isLessThan(before / 3);
        }
        try (JournalStore store = TestJournals.open(directory, SMALL_BUFFER)) {
            assertThat(all(store)).extracting(StoredEvent::sequence).containsExactly(2000L);
            assertThat(store.lastOrdinal()).isEqualTo(4000);
        }
    }

    @Test
    void namesTheEventWhoseBytesHaveChanged() throws IOException {
        try (Database database = Database.open(directory, SMALL_BUFFER)) {
            // As a failing memory or a foreign program would do it: with a checksum of LevelDB's that fits.
            try (var group = database.begin()) {
                group.put(Table.FORMAT_KEY, Table.FORMAT_1);
                byte[] stream = Table.streamKey("a");
                group.put(stream, Table.seal(stream, Table.value(4).putInt(1)));
                byte[] key = Table.eventKey(1, 1);
                byte[] value = event("a", 1).event().withOrdinal(1).encode(key);
                value[value.length - 1] ^= 1;
                group.put(key, value);
                database.write(group);
            }
        }
        try (JournalStore store = TestJournals.open(directory)) {
            assertThatThrownBy(() -> store.read("a", 1, 1)).hasMessageContaining("Event 1 of a has a wrong checksum");
        }
    }

    @Test
    void refusesADatabaseOfAnother() throws IOException {
        try (Database database = Database.open(directory, SMALL_BUFFER);
                var group = database.begin()) {
            group.put(new byte[] {1}, new byte[] {2});
            database.write(group);
        }
        assertThatThrownBy(() -> TestJournals.open(directory)).hasMessageContaining("not written by this Platen");
    }

    private static String noise(Random random) {
        return random.ints(200, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(ldb|sst)"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
