package io.platen.persistence.akka;

import akka.actor.typed.javadsl.Adapter;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import com.typesafe.config.Config;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.journal.EventRecord.Serialized;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.persistence.snapshot.SnapshotRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** Akka's snapshot store on files, {@code platen.persistence.snapshot-store}. */
final class FileSnapshotStore extends SnapshotStore {
    private static final Logger log = LoggerFactory.getLogger(FileSnapshotStore.class);

    private final SnapshotFiles files;
    private final FreeSpace space;
    private final AkkaSerialization serialization;
    private final Executor working;

    /** Akka calls this by reflection. */
    FileSnapshotStore(Config config) throws IOException {
        var system = context().system();
        Path directory = Files.createDirectories(Path.of(config.getString("dir")));
        this.files = new SnapshotFiles(directory);
        this.space =
                new FreeSpace(directory, system.settings().config().getBytes("platen.persistence.free-space-reserve"));
        this.serialization = new AkkaSerialization(Adapter.toTyped(system));
        this.working = system.dispatchers().lookup(config.getString("plugin-dispatcher"));
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return work(() -> {
            for (SnapshotFiles.SnapshotEntry entry : files.list(persistenceId)) {
                if (criteria.matches(metadata(entry))) {
                    try {
                        SnapshotRecord snapshot = SnapshotFiles.read(entry);
                        return Optional.of(SelectedSnapshot.create(
                                metadata(entry, snapshot.metadata()), serialization.deserialize(snapshot.content())));
                    } catch (StoreDamagedException e) {
                        log.error("{}; it is put aside, and the snapshot before it is used", e.getMessage());
                        SnapshotFiles.putAside(entry);
                    }
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return work(() -> {
            if (!space.allowsEventsNow()) {
                throw new StoreFullException("The disk is too full for a snapshot");
            }
            Option<Object> more = metadata.metadata();
            files.write(new SnapshotRecord(
                    metadata.persistenceId(),
                    metadata.sequenceNr(),
                    metadata.timestamp(),
                    serialization.serialize(snapshot),
                    more.isEmpty() ? null : serialization.serialize(more.get())));
            return null;
        });
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        boolean anyTime = metadata.timestamp() == 0;
        return work(() -> {
            for (SnapshotFiles.SnapshotEntry entry : files.list(metadata.persistenceId())) {
                if (entry.sequence() == metadata.sequenceNr() && (anyTime || entry.at() == metadata.timestamp())) {
                    SnapshotFiles.delete(entry);
                }
            }
            return null;
        });
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return work(() -> {
            for (SnapshotFiles.SnapshotEntry entry : files.list(persistenceId)) {
                if (criteria.matches(metadata(entry))) {
                    SnapshotFiles.delete(entry);
                }
            }
            return null;
        });
    }

    private static SnapshotMetadata metadata(SnapshotFiles.SnapshotEntry entry) {
        return new SnapshotMetadata(entry.persistenceId(), entry.sequence(), entry.at());
    }

    private SnapshotMetadata metadata(SnapshotFiles.SnapshotEntry entry, @Nullable Serialized stored) {
        return stored == null ? metadata(entry) : metadata(entry).withMetadata(serialization.deserialize(stored));
    }

    private <T extends @Nullable Object> Future<T> work(Callable<T> what) {
        return FutureConverters.asScala(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return what.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                working));
    }
}
