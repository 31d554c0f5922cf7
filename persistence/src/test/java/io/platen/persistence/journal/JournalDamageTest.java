package io.platen.persistence.journal;

import static io.platen.persistence.journal.TestJournals.all;
import static io.platen.persistence.journal.TestJournals.append;
import static io.platen.persistence.journal.TestJournals.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreFullException;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.LogFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost or broken is found, named, and never taken for the whole. */
final class JournalDamageTest {
    private static final int SMALL_BUFFER = 64 * 1024;

    @TempDir
    Path directory;

    @Test
    void namesTheBlockWhoseBytesHaveChanged() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1));
            append(store, event("a", 2));
            append(store, event("b", 1));
        }
        // As a failing memory or a foreign program would do it: with a checksum of LevelDB's that fits.
        try (Database database = Database.open(directory, SMALL_BUFFER);
                var group = database.begin()) {
            byte[] key = JournalTable.blockKey(2);
            byte[] value = Objects.requireNonNull(database.get(key));
            value[value.length - 1] ^= 1;
            group.put(key, value);
            database.write(group);
        }
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.read("a", 1, 1)).hasSize(1);
            assertThat(store.read("b", 1, 1)).hasSize(1);
            assertThatThrownBy(() -> store.read("a", 2, 2))
                    .hasMessageContaining("the block of events from ordinal 2 on has a wrong checksum");
            assertThat(store.audit(seen -> {}))
                    .contains("In the journal, the block of events from ordinal 2 on has a wrong checksum");
        }
    }

    @Test
    void auditFindsNothingInASoundJournalAndEverythingThatIsGone() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            for (int sequence = 1; sequence <= 100; sequence++) {
                append(store, event("a", sequence), event("b", sequence));
            }
            store.deleteTo("a", 10);
            store.compact();
            assertThat(store.audit(seen -> {})).isEmpty();
        }
        try (Database database = Database.open(directory, SMALL_BUFFER);
                var group = database.begin()) {
            group.delete(JournalTable.blockKey(13));
            group.delete(JournalTable.blockKey(197));
            var twice = new EventBlock.Builder(101);
            twice.add(101, 1, 51, event("a", 51).event().encode());
            twice.add(102, 1, 51, event("a", 51).event().encode());
            group.put(twice.build());
            var nobodys = new EventBlock.Builder(105);
            nobodys.add(105, 7, 1, event("x", 1).event().encode());
            nobodys.add(106, 2, 53, event("b", 53).event().encode());
            group.put(nobodys.build());
            database.write(group);
        }
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.audit(seen -> {}))
                    .containsExactlyInAnyOrder(
                            "b: events 7 to 7 are missing",
                            "b: the index has event 7 in the block from ordinal 13 on, where it is not",
                            "a: events 99 to 99 are missing",
                            "a: the index has event 99 in the block from ordinal 197 on, where it is not",
                            "b: events 99 to 99 are missing",
                            "b: the index has event 99 in the block from ordinal 197 on, where it is not",
                            "a: event 51 of ordinal 102 is there twice",
                            "b: events 51 to 51 are missing",
                            "b: the index has event 51 in the block from ordinal 101 on, where it is not",
                            "Ordinal 105 is of stream number 7, which has no name",
                            "a: events 53 to 53 are missing",
                            "a: the index has event 53 in the block from ordinal 105 on, where it is not");
        }
    }

    @Test
    void makesALostOrDamagedIndexAnew() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            for (int sequence = 1; sequence <= 100; sequence++) {
                append(store, event("a", sequence), event("b", sequence));
            }
            store.deleteTo("b", 50);
        }
        Path index = StreamIndex.directory(directory);
        Files.delete(index.resolve("CURRENT"));
        assertThat(JournalStore.damagedFiles(directory))
                .singleElement()
                .asString()
                .contains("rebuild the index");
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.read("a", 1, 100)).hasSize(100);
            assertThat(store.audit(seen -> {})).isEmpty();
        }
        assertThat(JournalStore.damagedFiles(directory)).isEmpty();
        TestJournals.deleteAll(index);
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.read("b", 1, 100)).hasSize(50);
            assertThat(store.streams()).containsExactly(new StreamInfo("a", 0, 100), new StreamInfo("b", 50, 100));
            append(store, event("a", 101));
            assertThat(store.audit(seen -> {})).isEmpty();
        }
    }

    @Test
    void makesAnIndexAnewWhoseTablesAreDamaged() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            for (int sequence = 1; sequence <= 1000; sequence++) {
                append(store, event("a", sequence), event("b", sequence));
            }
        }
        // Opening writes the log into a table.
        TestJournals.open(directory).close();
        try (Stream<Path> files = Files.list(StreamIndex.directory(directory))) {
            for (Path table :
                    (Iterable<Path>) files.filter(file -> file.toString().matches(".*(sst|ldb)"))::iterator) {
                try (var file = new RandomAccessFile(table.toFile(), "rw")) {
                    file.seek(30);
                    file.write(new byte[] {42, 42, 42});
                }
            }
        }
        assertThat(JournalStore.damagedFiles(directory))
                .isNotEmpty()
                .allMatch(what -> what.contains("rebuild the index"));
        try (JournalStore store = TestJournals.open(directory)) {
            assertThat(store.read("b", 900, 1000)).hasSize(101);
            assertThat(store.audit(seen -> {})).isEmpty();
        }
        assertThat(JournalStore.damagedFiles(directory)).isEmpty();
    }

    @Test
    void neverAcceptsThatAcknowledgedEventsAreLost() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1));
            append(store, event("a", 2));
            Path log = onlyLog();
            LogFile written = LogFile.read(log);
            byte[] last = written.records().get(written.records().size() - 1);
            try (var file = new RandomAccessFile(log.toFile(), "rw")) {
                file.seek(written.end() - last.length);
                file.write(new byte[last.length]);
            }
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertThatThrownBy(store::reopen)
                        .hasMessageContaining("has lost its last 1 events: 2 were acknowledged, 1 are there");
            }
        }
    }

    @Test
    void opensItsFilesAgainWithAllThatIsInThem() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1), event("b", 1));
            store.reopen();
            append(store, event("a", 2));
            assertThat(all(store)).hasSize(3);
            assertThat(store.audit(seen -> {})).isEmpty();
        }
    }

    @Test
    void takesNothingWhileTheDiskIsFullAndKeepsNoTraceOfIt() throws IOException {
        var full = TestJournals.settings(directory, SMALL_BUFFER, Long.MAX_VALUE / 4);
        try (JournalStore store = JournalStore.open(full, Runnable::run)) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertThatThrownBy(() -> append(store, event("a", 1), event("a", 2)))
                        .hasCauseInstanceOf(StoreFullException.class);
            }
            assertThat(store.streams()).isEmpty();
        }
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1));
            assertThat(store.streams()).containsExactly(new StreamInfo("a", 0, 1));
            assertThat(store.audit(seen -> {})).isEmpty();
        }
    }

    @Test
    void aDamagedBlockDoesNotKeepOthersFromBeingDeleted() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            for (int sequence = 1; sequence <= 10; sequence++) {
                append(store, event("a", sequence));
            }
        }
        try (Database database = Database.open(directory, SMALL_BUFFER);
                var group = database.begin()) {
            group.put(JournalTable.blockKey(3), new byte[100]);
            database.write(group);
        }
        try (JournalStore store = TestJournals.open(directory)) {
            store.deleteTo("a", 8);
            store.compact();
            assertThat(store.read("a", 1, 10)).hasSize(2);
        }
        try (Database database = Database.open(directory, SMALL_BUFFER)) {
            assertThat(database.read(JournalTable.BLOCK.start(), JournalTable.BLOCK.end(), 99, 9999))
                    .extracting(entry -> JournalTable.firstOrdinal(entry.key()))
                    .containsExactly(3L, 9L, 10L);
        }
    }

    private Path onlyLog() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .reduce((one, other) -> {
                        throw new IllegalStateException(one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void noticesThatItsLastEventsAreGone() throws IOException {
        try (JournalStore store = TestJournals.open(directory)) {
            append(store, event("a", 1));
            append(store, event("a", 2));
        }
        try (Database database = Database.open(directory, SMALL_BUFFER);
                var group = database.begin()) {
            group.delete(JournalTable.blockKey(2));
            database.write(group);
        }
        assertThatThrownBy(() -> TestJournals.open(directory))
                .hasMessageContaining("The journal has lost its last 1 events: its index knows 2, and 1 are there");
    }
}
