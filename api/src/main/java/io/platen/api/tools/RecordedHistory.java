package io.platen.api.tools;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.platen.api.server.ServerSettings;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.akka.AkkaSerialization;
import io.platen.persistence.document.DocumentArchive;
import io.platen.persistence.journal.JournalSettings;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.journal.StoredEvent;
import io.platen.persistence.journal.tools.JournalCopy;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.spooler.SpoolerSettings;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Recorded;
import io.platen.spooler.queue.PrinterStreams;
import io.platen.spooler.snapshot.QueueSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the stores of a data directory hold, as it was when this was opened: journal and snapshots in a copy of their
 * own, which is removed in the end; documents where they are. A server may be running.
 */
public final class RecordedHistory implements AutoCloseable {
    private final Path data;
    private final Path copy;
    private final JournalStore journal;
    private final ActorSystem<Void> system;
    private final AkkaSerialization serialization;
    private final int finishedJobsKept;
    private final List<String> damagedFiles;

    private RecordedHistory(
            Path data,
            Path copy,
            JournalStore journal,
            ActorSystem<Void> system,
            int finishedJobsKept,
            List<String> damagedFiles) {
        this.data = data;
        this.damagedFiles = damagedFiles;
        this.copy = copy;
        this.journal = journal;
        this.system = system;
        this.serialization = new AkkaSerialization(system);
        this.finishedJobsKept = finishedJobsKept;
    }

    /**
     * Opens the history of a server with these settings.
     *
     * @throws StoreDamagedException when its journal is not as it was written
     */
    public static RecordedHistory open(ServerSettings settings) throws IOException {
        Path data = settings.dataDirectory();
        Path journal = data.resolve("journal");
        if (!Files.isDirectory(journal)) {
            throw new IOException("There is no journal in " + data + ". Say where with --data-dir");
        }
        Path copy = Files.createTempDirectory(data, ".journal-copy-");
        try {
            // Snapshots first: then all their events are in the journal's copy.
            linkTree(data.resolve("snapshots"), copy.resolve("snapshots"));
            JournalCopy.take(journal, copy.resolve("journal"));
            // Before it is opened, which writes new files for old ones.
            List<String> damaged = JournalStore.damagedFiles(copy.resolve("journal"));
            int kept = SpoolerSettings.of(settings.config()).queues().limits().finishedJobsKept();
            JournalSettings usual = JournalSettings.of(settings.config());
            JournalStore store = JournalStore.open(
                    new JournalSettings(copy.resolve("journal"), usual.writeBufferBytes(), usual.limits(), 0),
                    Runnable::run);
            var quiet = ConfigFactory.parseMap(Map.of("akka.loglevel", "WARNING"), "journal tools");
            ActorSystem<Void> system =
                    ActorSystem.create(Behaviors.empty(), "platen-journal", quiet.withFallback(settings.config()));
            return new RecordedHistory(data, copy, store, system, kept, damaged);
        } catch (StoreDamagedException e) {
            deleteTree(copy);
            // What is damaged in the copy is so in the original.
            throw new StoreDamagedException(
                    String.valueOf(e.getMessage())
                            .replace(copy.resolve("journal").toString(), journal.toString()),
                    e);
        } catch (IOException | RuntimeException e) {
            deleteTree(copy);
            throw e;
        }
    }

    JournalStore journal() {
        return journal;
    }

    SnapshotFiles snapshots() {
        return new SnapshotFiles(copy.resolve("snapshots"));
    }

    DocumentArchive documents() {
        return new DocumentArchive(data.resolve("documents"));
    }

    Path data() {
        return data;
    }

    /** Every damage in the journal's files, each with its place. */
    List<String> damagedFiles() {
        Path original = data.resolve("journal");
        return damagedFiles.stream()
                .map(what -> what.replace(copy.resolve("journal").toString(), original.toString()))
                .toList();
    }

    ActorSystem<Void> system() {
        return system;
    }

    /** The printers' streams. */
    public Map<PrinterId, StreamInfo> printers() {
        var printers = new LinkedHashMap<PrinterId, StreamInfo>();
        journal.streams()
                .forEach(stream -> PrinterStreams.printer(stream.persistenceId())
                        .ifPresent(printer -> printers.put(printer, stream)));
        return printers;
    }

    /**
     * A printer's stream, in short.
     *
     * @param from sequence number of the first event that is there
     * @param bytes about what its events take on the disk
     */
    public record Summary(
            String printer,
            long events,
            long from,
            long to,
            int snapshots,
            long bytes,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt) {}

    /** All printers' streams, in short. */
    public List<Summary> summaries() throws IOException {
        var summaries = new ArrayList<Summary>();
        for (Map.Entry<PrinterId, StreamInfo> printer : printers().entrySet()) {
            StreamInfo stream = printer.getValue();
            summaries.add(new Summary(
                    printer.getKey().value(),
                    stream.highest() - stream.deletedTo(),
                    stream.deletedTo() + 1,
                    stream.highest(),
                    snapshots().list(stream.persistenceId()).size(),
                    journal.bytes(stream.persistenceId()),
                    time(stream, stream.deletedTo() + 1),
                    time(stream, stream.highest())));
        }
        return summaries;
    }

    private @Nullable Instant time(StreamInfo stream, long sequence) throws IOException {
        List<StoredEvent> events = journal.read(stream.persistenceId(), sequence, sequence);
        return events.isEmpty()
                ? null
                : Instant.ofEpochMilli(events.get(0).event().at());
    }

    /** A printer's stream, where it has one. */
    public Optional<StreamInfo> find(PrinterId printer) {
        return Optional.ofNullable(printers().get(printer));
    }

    /** A printer's events, in order, both bounds included. */
    public void events(PrinterId printer, long from, long to, Consumer<Recorded> consumer) throws IOException {
        journal.replay(
                PrinterStreams.of(printer).id(), from, to, Long.MAX_VALUE, stored -> consumer.accept(recorded(stored)));
    }

    Recorded recorded(StoredEvent stored) {
        return new Recorded(stored.sequence(), (PrinterEvent)
                serialization.deserialize(stored.event().content()));
    }

    /**
     * Where a printer's events begin: the state before the first that was not deleted.
     *
     * @throws StoreDamagedException when events were deleted, and no snapshot stands for them
     */
    public QueueState stateBefore(PrinterId printer, StreamInfo stream) throws IOException {
        if (stream.deletedTo() == 0) {
            return QueueState.empty(finishedJobsKept);
        }
        List<SnapshotFiles.Entry> newestFirst =
                snapshots().list(PrinterStreams.of(printer).id());
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            SnapshotFiles.Entry oldest = newestFirst.get(i);
            if (oldest.sequence() >= stream.deletedTo() && oldest.sequence() <= stream.highest()) {
                return state(oldest);
            }
        }
        throw new StoreDamagedException("Events 1 to %,d of %s were deleted, and no snapshot stands for them"
                .formatted(stream.deletedTo(), stream.persistenceId()));
    }

    QueueState state(SnapshotFiles.Entry entry) throws IOException {
        var stored = (QueueSnapshot)
                serialization.deserialize(SnapshotFiles.read(entry).content());
        return stored.restore(finishedJobsKept);
    }

    @Override
    public void close() throws IOException {
        try {
            journal.close();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
            deleteTree(copy);
        }
    }

    /** Gives all files of a tree a second name in another, or copies them where that cannot be. */
    static void linkTree(Path from, Path to) throws IOException {
        if (Files.notExists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                link(file, target);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (NoSuchFileException gone) {
            // A server needs it no more.
            return;
        } catch (FileAlreadyExistsException linked) {
            // By an earlier pass; or copied then, and grown since.
            if (Files.exists(file) && Files.size(file) != Files.size(target)) {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static void deleteTree(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
