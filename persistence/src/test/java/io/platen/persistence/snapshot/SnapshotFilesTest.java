package io.platen.persistence.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.EventRecord.Serialized;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots by stream, newest first; what is not a whole snapshot is not listed. */
final class SnapshotFilesTest {
    private static final String ID = "printer|dock-1";

    @TempDir
    private Path root;

    private SnapshotFiles files;

    @BeforeEach
    void open() {
        files = new SnapshotFiles(root.resolve("snapshots"));
    }

    @Test
    void newestComesFirstByNumberAndNotByText() throws IOException {
        write(ID, 9, 100);
        write(ID, 10, 50);
        write(ID, 10, 60);
        write(ID, 100_000_000_000L, 1);

        assertThat(files.list(ID))
                .extracting(entry -> entry.sequence() + "@" + entry.at())
                .containsExactly("100000000000@1", "10@60", "10@50", "9@100");
    }

    @Test
    void streamsAreToldApartWhateverTheirNames() throws IOException {
        write(ID, 1, 1);
        write("printer|../../etc", 2, 1);
        write("drucker ä", 3, 1);

        assertThat(files.streams()).containsExactly("drucker ä", "printer|../../etc", ID);
        assertThat(files.list("printer|../../etc")).hasSize(1);
        assertThat(files.list("printer|other")).isEmpty();
        try (var folders = Files.list(root)) {
            assertThat(folders).containsExactly(root.resolve("snapshots"));
        }
    }

    @Test
    void nothingIsThereBeforeTheFirst() throws IOException {
        assertThat(files.streams()).isEmpty();
        assertThat(files.list(ID)).isEmpty();
    }

    @Test
    void unfinishedAndForeignFilesAreNotListed() throws IOException {
        write(ID, 1, 1);
        Path whole = files.list(ID).get(0).file();
        Files.createFile(whole.resolveSibling("%019d-1.snapshot.unfinished".formatted(2)));
        Files.createFile(whole.resolveSibling("2-1.snapshot"));
        Files.createFile(whole.resolveSibling("notes.txt"));

        assertThat(files.list(ID)).hasSize(1);
    }

    @Test
    void snapshotInAnothersPlaceIsDamage() throws IOException {
        write(ID, 1, 1);
        write("printer|other", 1, 1);
        Path own = files.list(ID).get(0).file();
        Files.copy(files.list("printer|other").get(0).file(), own, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> SnapshotFiles.read(files.list(ID).get(0)))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("printer|other");
    }

    @Test
    void deletedAndPutAsideOnesAreNotListedAndMayBeGoneAlready() throws IOException {
        write(ID, 1, 1);
        write(ID, 2, 1);
        var newest = files.list(ID).get(0);
        var other = files.list(ID).get(1);

        SnapshotFiles.putAside(newest);
        SnapshotFiles.putAside(newest);
        SnapshotFiles.delete(other);
        SnapshotFiles.delete(other);

        assertThat(files.list(ID)).isEmpty();
        assertThat(newest.file().resolveSibling(newest.file().getFileName() + ".damaged"))
                .exists();
    }

    private void write(String id, long sequence, long at) throws IOException {
        files.write(new SnapshotRecord(id, sequence, at, new Serialized(1, "m", new byte[] {1, 2}), null));
    }
}
