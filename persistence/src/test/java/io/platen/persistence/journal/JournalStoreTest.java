package io.platen.persistence.journal;

import static io.platen.persistence.journal.TestJournals.all;
import static io.platen.persistence.journal.TestJournals.append;
import static io.platen.persistence.journal.TestJournals.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.journal.tools.JournalCopy;
import io.platen.persistence.leveldb.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

            assertThat(store.writer().metrics().groupSize().sum()).isEqualTo(2000);
            assertThat(store.writer().metrics().groupSize().count()).isLessThan(1000);
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
    void findsEveryEventOfManyStreamsThatAreIndexedBitByBit() throws IOException {
        int streams = 7;
        int each = 12_000;
        try (JournalStore store = TestJournals.open(directory)) {
            for (int sequence = 1; sequence <= each; sequence += 100) {
                var events = new ArrayList<StoredEvent>();
                for (int more = 0; more < 100; more++) {
                    for (int stream = 0; stream < streams; stream++) {
                        events.add(event("s" + stream, sequence + more, "e"));
                    }
                }
                append(store, events.toArray(StoredEvent[]::new));
            }
            requireAll(store, streams, each);
        }
        try (JournalStore store = TestJournals.open(directory)) {
            requireAll(store, streams, each);
            for (int from : new int[] {1, 2, 4_681, 4_682, 4_683, 9_000, each}) {
                assertThat(store.read("s3", from, from))
                        .extracting(StoredEvent::sequence)
                        .containsExactly((long) from);
            }
            assertThat(store.audit(seen -> {})).isEmpty();
            for (int stream = 1; stream < streams; stream++) {
                store.deleteTo("s" + stream, 1_000L * stream);
            }
            store.compact();
            assertThat(store.audit(seen -> {})).isEmpty();
            assertThat(store.read("s3", 1, each))
                    .first()
                    .extracting(StoredEvent::sequence)
                    .isEqualTo(3_001L);
        }
    }

    private static void requireAll(JournalStore store, int streams, int each) throws IOException {
        for (int stream = 0; stream < streams; stream++) {
            var sequences = new ArrayList<Long>();
            store.replay("s" + stream, 1, Long.MAX_VALUE, Long.MAX_VALUE, event -> sequences.add(event.sequence()));
            assertThat(sequences)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, each).boxed().toList());
        }
    }

    @Test
    void gapsInTheNumbersSurviveACompaction() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1));
            append(store, event("a", 2));
            append(store, event("a", 4));
            store.deleteTo("a", 2);
            store.compact();
            assertThat(store.read("a", 1, 9)).extracting(StoredEvent::sequence).containsExactly(4L);
        }
    }

    @Test
    void whatIsDeletedToTheLastIsNotCountedAgain() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1), event("b", 1));
            append(store, event("a", 2));
            append(store, event("b", 2));
            store.deleteTo("a", Long.MAX_VALUE);
            store.compact();
        }
        TestJournals.deleteAll(StreamIndex.directory(directory));
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.streams()).containsExactly(new StreamInfo("a", 2, 2), new StreamInfo("b", 0, 2));
            append(store, event("a", 3));
            assertThat(store.read("a", 1, 9)).extracting(StoredEvent::sequence).containsExactly(3L);
            assertThat(store.audit(seen -> {})).isEmpty();
        }
    }

    @Test
    void anEventMayBeLargerThanABlock() throws IOException {
        String large = "x".repeat(100_000);
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1), event("a", 2, large), event("a", 3));
        }
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.read("a", 2, 2)).extracting(TestJournals::text).containsExactly(large);
            assertThat(all(store)).hasSize(3);
        }
    }

    @Test
    void takesOverAnotherJournalAsItIs() throws IOException {
        List<StoredEvent> events;
        List<StreamInfo> streams;
        long lastOrdinal;
        try (JournalStore store = TestJournals.open(directory.resolve("one"))) {
            append(store, event("a", 1), event("a", 2), event("b", 1));
            append(store, event("a", 3), event("b", 2));
            append(store, event("gone", 1));
            store.deleteTo("a", 2);
            store.deleteTo("gone", 1);
            events = all(store);
            streams = store.streams();
            lastOrdinal = store.lastOrdinal();
        }
        try (JournalStore store = TestJournals.open(directory.resolve("two"))) {
            streams.forEach(info -> store.adopt(info).toCompletableFuture().join());
            append(store, events.toArray(StoredEvent[]::new));
            store.adoptLastOrdinal(lastOrdinal).toCompletableFuture().join();
        }
        try (JournalStore store = TestJournals.open(directory.resolve("two"))) {
            assertThat(store.streams()).isEqualTo(streams);
            assertThat(store.lastOrdinal()).isEqualTo(lastOrdinal);
            assertThat(all(store))
                    .extracting(TestJournals::text)
                    .isEqualTo(events.stream().map(TestJournals::text).toList());
            assertThat(store.audit(seen -> {})).isEmpty();
            append(store, event("a", 4));
            assertThat(all(store).get(3).event().ordinal()).isEqualTo(lastOrdinal + 1);
        }
    }

    @Test
    void copiesAndReadersAreConsistentWhileTheJournalIsWrittenAndCompacted() throws Exception {
        try (JournalStore store = TestJournals.open(directory.resolve("live"), SMALL_BUFFER)) {
            append(store, event("a", 1));
            var written = new AtomicLong(1);
            var stopped = new AtomicBoolean();
            var writing = new Thread(() -> {
                while (!stopped.get()) {
                    append(store, event("a", written.get() + 1, "x".repeat(2000)), event("b", written.get()));
                    written.incrementAndGet();
                }
            });
            var compacting = CompletableFuture.runAsync(() -> {
                while (!stopped.get()) {
                    try {
                        store.deleteTo("a", written.get() - 100);
                        store.compact();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            writing.start();
            for (int copy = 0; copy < 20; copy++) {
                long before = written.get();
                Path target = directory.resolve("copy-" + copy);
                JournalCopy.take(directory.resolve("live"), target);
                try (JournalStore copied = TestJournals.open(target)) {
                    assertThat(copied.lastOrdinal()).isGreaterThanOrEqualTo(before);
                    assertThat(copied.audit(seen -> {})).isEmpty();
                }
                var sequences = new ArrayList<Long>();
                store.replay("b", 1, before - 1, Long.MAX_VALUE, event -> sequences.add(event.sequence()));
                assertThat(sequences)
                        .containsExactlyElementsOf(
                                LongStream.range(1, before).boxed().toList());
            }
            stopped.set(true);
            writing.join();
            compacting.join();
            assertThat(written.get()).isGreaterThan(100);
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
