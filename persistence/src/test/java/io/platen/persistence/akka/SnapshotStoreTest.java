package io.platen.persistence.akka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorRef;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.Persistence;
import akka.persistence.SaveSnapshotSuccess;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.TestJournals;
import io.platen.persistence.snapshot.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

final class SnapshotStoreTest {
    private static final String ID = "printer|dock-4";
    private static final SnapshotSelectionCriteria LATEST = SnapshotSelectionCriteria.latest();

    @TempDir
    Path directory;

    private ActorTestKit kit;
    private ActorRef store;
    private TestProbe probe;
    private SnapshotFiles files;

    @BeforeEach
    void start() {
        kit = TestJournals.start(directory, "");
        var system = Adapter.toClassic(kit.system());
        store = Persistence.get(system).snapshotStoreFor(JournalPlugins.SNAPSHOT_STORE, ConfigFactory.empty());
        probe = new TestProbe(system);
        files = new SnapshotFiles(directory.resolve("snapshots"));
        save(10, "ten");
        save(20, "twenty");
        save(30, "thirty");
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private void save(long sequence, String state) {
        store.tell(new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata(ID, sequence, 0), state), probe.ref());
        probe.expectMsgClass(SaveSnapshotSuccess.class);
    }

    private Option<SelectedSnapshot> load(SnapshotSelectionCriteria criteria, long to) {
        store.tell(new SnapshotProtocol.LoadSnapshot(ID, criteria, to), probe.ref());
        return probe.expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class).snapshot();
    }

    @Test
    void givesTheNewestThatFits() {
        assertThat(load(LATEST, Long.MAX_VALUE).get().snapshot()).isEqualTo("thirty");
        assertThat(load(LATEST, 29).get().snapshot()).isEqualTo("twenty");
        assertThat(load(SnapshotSelectionCriteria.create(15, Long.MAX_VALUE), Long.MAX_VALUE)
                        .get()
                        .snapshot())
                .isEqualTo("ten");
        assertThat(load(LATEST, 9).isEmpty()).isTrue();
    }

    @Test
    void deletesWhatFits() {
        store.tell(
                new SnapshotProtocol.DeleteSnapshots(ID, SnapshotSelectionCriteria.create(20, Long.MAX_VALUE)),
                probe.ref());
        probe.expectMsgClass(akka.persistence.DeleteSnapshotsSuccess.class);

        assertThat(load(LATEST, 29).isEmpty()).isTrue();
        assertThat(load(LATEST, Long.MAX_VALUE).get().snapshot()).isEqualTo("thirty");
    }

    @Test
    void takesTheOneBeforeWhenItsBytesHaveChangedAndPutsItAside() throws IOException {
        Path newest = files.list(ID).get(0).file();
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 3] ^= 1;
        Files.write(newest, bytes);

        assertThat(load(LATEST, Long.MAX_VALUE).get().snapshot()).isEqualTo("twenty");
        assertThat(newest).doesNotExist();
        assertThat(newest.resolveSibling(newest.getFileName() + ".damaged")).hasBinaryContent(bytes);
    }

    @Test
    void noticesAnyChangeOfAnyByte() throws IOException {
        var newest = files.list(ID).get(0);
        byte[] bytes = Files.readAllBytes(newest.file());
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x20;
            Files.write(newest.file(), changed);
            assertThatThrownBy(() -> SnapshotFiles.read(newest)).isInstanceOf(StoreDamagedException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            Files.write(newest.file(), java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SnapshotFiles.read(newest)).isInstanceOf(StoreDamagedException.class);
        }
    }
}
