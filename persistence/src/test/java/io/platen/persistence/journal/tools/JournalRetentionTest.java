package io.platen.persistence.journal.tools;

import static io.platen.persistence.journal.TestJournals.append;
import static io.platen.persistence.journal.TestJournals.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.EventRecord.Serialized;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.TestJournals;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.persistence.snapshot.SnapshotRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalRetentionTest {
    @TempDir
    Path directory;

    private JournalStore journal;
    private SnapshotFiles snapshots;
    private JournalRetention retention;

    @BeforeEach
    void write() throws IOException {
        journal = TestJournals.open(directory.resolve("journal"));
        snapshots = new SnapshotFiles(directory.resolve("snapshots"));
        retention = new JournalRetention(journal, snapshots);
        for (int sequence = 1; sequence <= 100; sequence++) {
            append(journal, event("a", sequence));
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void snapshot(long sequence) throws IOException {
        snapshots.write(new SnapshotRecord("a", sequence, sequence, new Serialized(1, "", new byte[] {1}), null));
    }

    @Test
    void deletesNothingWithoutAFallback() throws IOException {
        assertThat(retention.deleteBefore("a", 90)).isZero();
        snapshot(80);
        assertThat(retention.deleteBefore("a", 90)).isZero();
        assertThat(journal.read("a", 1, 1)).hasSize(1);
    }

    @Test
    void deletesWhatTheSecondNewestSnapshotStandsFor() throws IOException {
        snapshot(40);
        snapshot(60);
        snapshot(80);

        assertThat(retention.deleteBefore("a", 90)).isEqualTo(60);
        retention.giveSpaceBack();

        assertThat(journal.read("a", 1, 100).get(0).sequence()).isEqualTo(61);
        assertThat(snapshots.list("a"))
                .extracting(SnapshotFiles.SnapshotEntry::sequence)
                .containsExactly(80L, 60L);
        assertThat(retention.deleteBefore("a", 90)).isZero();
    }

    @Test
    void keepsWhatIsNeeded() throws IOException {
        snapshot(60);
        snapshot(80);

        assertThat(retention.deleteBefore("a", 21)).isEqualTo(20);
        assertThat(journal.read("a", 1, 100).get(0).sequence()).isEqualTo(21);
    }

    @Test
    void deletesNothingOnTheWordOfADamagedSnapshot() throws IOException {
        snapshot(60);
        snapshot(80);
        Files.write(snapshots.list("a").get(1).file(), new byte[10]);

        assertThatThrownBy(() -> retention.deleteBefore("a", 90)).isInstanceOf(StoreDamagedException.class);
        assertThat(journal.read("a", 1, 1)).hasSize(1);
    }
}
