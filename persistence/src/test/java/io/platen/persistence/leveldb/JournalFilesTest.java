package io.platen.persistence.leveldb;

import static io.platen.persistence.journal.TestJournals.all;
import static io.platen.persistence.journal.TestJournals.append;
import static io.platen.persistence.journal.TestJournals.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.TestJournals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to the files of a real database. */
final class JournalFilesTest {
    private static final int GROUPS = 50;

    @TempDir
    Path directory;

    private Path killed;

    /** What a kill leaves: the files of an open database. */
    @BeforeEach
    void write() throws IOException {
        Path open = directory.resolve("open");
        killed = Files.createDirectory(directory.resolve("killed"));
        try (JournalStore store = TestJournals.open(open)) {
            for (int sequence = 1; sequence <= GROUPS; sequence++) {
                append(store, event("a", sequence, "x".repeat(sequence * 100)));
            }
            copy(open, killed);
        }
    }

    @Test
    void whatWasKilledIsWhole() throws IOException {
        assertThat(log().damage()).isEqualTo(LogFile.Damage.NONE);
        assertThat(JournalStore.damagedFiles(killed)).isEmpty();
        try (JournalStore store = TestJournals.open(killed)) {
            assertThat(all(store)).hasSize(GROUPS);
        }
    }

    @Test
    void aTornTailIsCutOffWhereverItIsTorn() throws IOException {
        long end = log().end();
        byte[] whole = Files.readAllBytes(logFile());
        int lastRecord = log().records().get(GROUPS).length;
        for (long cut = end - 1; cut > end - lastRecord - 7; cut -= 97) {
            try (var file = new RandomAccessFile(logFile().toFile(), "rw")) {
                file.setLength(cut);
            }
            assertThat(log().damage()).isEqualTo(LogFile.Damage.TORN_TAIL);
            JournalFiles.checkAndRepair(killed);
            assertThat(log().damage()).isEqualTo(LogFile.Damage.NONE);
            assertThat(log().records()).hasSize(GROUPS);
            Files.write(logFile(), whole);
        }
        try (var file = new RandomAccessFile(logFile().toFile(), "rw")) {
            file.setLength(end - 1);
        }
        try (JournalStore store = TestJournals.open(killed)) {
            assertThat(all(store)).hasSize(GROUPS - 1);
        }
    }

    @Test
    void aPageOfTheTailThatNeverReachedTheDiskIsATornTail() throws IOException {
        try (JournalStore store = TestJournals.open(killed)) {
            append(store, event("b", 1));
            append(store, event("b", 2, "y".repeat(100_000)));
            Path torn = Files.createDirectory(directory.resolve("torn"));
            copy(killed, torn);
            killed = torn;
        }
        // The last group spans several pages; the first of them is missing, the others are there.
        LogFile last = log();
        byte[] record = last.records().get(last.records().size() - 1);
        overwrite(logFile(), last.end() - record.length, new byte[4096]);

        assertThat(log().damage()).isEqualTo(LogFile.Damage.TORN_TAIL);
        try (JournalStore store = TestJournals.open(killed)) {
            assertThat(store.read("b", 1, 9)).hasSize(1);
        }
    }

    @Test
    void aHoleIsDamageAndIsNamed() throws IOException {
        long middle = log().end() / 2;
        overwrite(logFile(), middle, new byte[] {42, 42, 42});

        assertThatThrownBy(() -> TestJournals.open(killed))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining(logFile().toString())
                .hasMessageContaining("is damaged at byte");
        assertThat(JournalStore.damagedFiles(killed)).hasSize(1);
    }

    @Test
    void aFlippedBitInATableIsNamed() throws IOException {
        reopenSoThatATableIsWritten();
        Path table = table();
        overwrite(table, 100, new byte[] {42});

        assertThat(JournalStore.damagedFiles(killed))
                .singleElement()
                .asString()
                .contains(table.toString())
                .contains("at byte 0 has a wrong checksum");
        try (JournalStore store = TestJournals.open(killed)) {
            assertThatThrownBy(() -> store.read("a", 1, 9)).isInstanceOf(StoreDamagedException.class);
        }
    }

    @Test
    void aMissingOrShortenedFileIsNamed() throws IOException {
        reopenSoThatATableIsWritten();
        Path table = table();
        byte[] bytes = Files.readAllBytes(table);

        Files.delete(table);
        assertThatThrownBy(() -> TestJournals.open(killed)).hasMessageContaining(table + " is missing");
        Files.write(table, new byte[10]);
        assertThatThrownBy(() -> TestJournals.open(killed)).hasMessageContaining(table + " has 10 bytes instead of");
        Files.write(table, bytes);
        Files.delete(killed.resolve("CURRENT"));
        assertThatThrownBy(() -> TestJournals.open(killed)).hasMessageContaining("CURRENT is missing");
    }

    @Test
    void aMissingLogIsNamed() throws IOException {
        Path log = logFile();
        Files.delete(log);

        assertThatThrownBy(() -> TestJournals.open(killed)).hasMessageContaining(log + " is missing");
    }

    private void reopenSoThatATableIsWritten() throws IOException {
        TestJournals.open(killed).close();
    }

    private LogFile log() throws IOException {
        return LogFile.read(logFile());
    }

    private Path logFile() throws IOException {
        return only(".log");
    }

    private Path table() throws IOException {
        return only("(.sst|.ldb)");
    }

    private Path only(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(killed)) {
            List<Path> found =
                    files.filter(file -> file.toString().matches(".*" + suffix)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static void overwrite(Path path, long at, byte[] bytes) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            file.write(bytes);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
