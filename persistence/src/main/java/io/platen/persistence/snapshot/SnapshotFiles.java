package io.platen.persistence.snapshot;

import akka.actor.typed.ActorSystem;
import io.platen.persistence.Directories;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Snapshots on disk: a folder for each stream, a file for each snapshot, named {@code SEQUENCE-TIME.snapshot}. All
 * methods block.
 */
public final class SnapshotFiles {
    private static final Pattern NAME = Pattern.compile("([0-9]{19})-([0-9]{1,19})\\.snapshot");
    private static final String UNFINISHED = ".unfinished";
    private static final String DAMAGED = ".damaged";

    private final Path root;

    /**
     * The file of a snapshot.
     *
     * @param sequence number of the last event in the snapshot
     * @param at when it was taken, in milliseconds since 1970
     */
    public record SnapshotEntry(String persistenceId, long sequence, long at, Path file) {}

    /** The snapshots in this directory, which is made with the first snapshot. */
    public SnapshotFiles(Path root) {
        this.root = root;
    }

    /** The snapshots of this actor system's snapshot store. */
    public static SnapshotFiles of(ActorSystem<?> system) {
        return new SnapshotFiles(Path.of(system.settings().config().getString(JournalPlugins.SNAPSHOT_STORE + ".dir")));
    }

    /** Stores a snapshot, which is durable when this returns. */
    public void write(SnapshotRecord snapshot) throws IOException {
        Path folder = folder(snapshot.persistenceId());
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            Directories.sync(root);
        }
        Path file = folder.resolve("%019d-%d.snapshot".formatted(snapshot.sequence(), snapshot.at()));
        Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(snapshot.encode());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(folder);
    }

    /**
     * Reads a snapshot.
     *
     * @throws StoreDamagedException when it differs from what was written
     */
    public static SnapshotRecord read(SnapshotEntry entry) throws IOException {
        SnapshotRecord snapshot = SnapshotRecord.decode(Files.readAllBytes(entry.file()));
        if (snapshot == null) {
            throw new StoreDamagedException("The snapshot " + entry.file() + " is damaged");
        }
        if (!snapshot.persistenceId().equals(entry.persistenceId()) || snapshot.sequence() != entry.sequence()) {
            throw new StoreDamagedException("The snapshot %s is of event %,d of %s"
                    .formatted(entry.file(), snapshot.sequence(), snapshot.persistenceId()));
        }
        return snapshot;
    }

    /** The snapshots of a stream, newest first. */
    public List<SnapshotEntry> list(String persistenceId) throws IOException {
        Path folder = folder(persistenceId);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var entries = new ArrayList<SnapshotEntry>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                var name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    entries.add(new SnapshotEntry(
                            persistenceId, Long.parseLong(name.group(1)), Long.parseLong(name.group(2)), file));
                }
            }
        }
        entries.sort(Comparator.comparingLong(SnapshotEntry::sequence)
                .thenComparingLong(SnapshotEntry::at)
                .reversed());
        return entries;
    }

    /** The ids of all streams with snapshots. */
    public List<String> streams() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> URLDecoder.decode(String.valueOf(folder.getFileName()), StandardCharsets.UTF_8))
                    .sorted()
                    .toList();
        }
    }

    public static void delete(SnapshotEntry entry) throws IOException {
        Files.deleteIfExists(entry.file());
    }

    /** Renames a damaged snapshot, so that it is not read again but can still be examined. */
    public static void putAside(SnapshotEntry entry) throws IOException {
        try {
            Files.move(
                    entry.file(),
                    entry.file().resolveSibling(entry.file().getFileName() + DAMAGED),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException gone) {
            // The snapshot was deleted already.
        }
    }

    private Path folder(String persistenceId) {
        return root.resolve(URLEncoder.encode(persistenceId, StandardCharsets.UTF_8));
    }
}
