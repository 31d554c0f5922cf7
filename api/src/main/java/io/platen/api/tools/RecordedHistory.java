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
 * The stores of a data directory as they were when this was opened. Journal and snapshots are read from a copy, which
 * {@link #close} removes, and documents from the directory itself. A server may be running.
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
     * @throws StoreDamagedException when its journal is damaged
     */
    public static RecordedHistory open(ServerSettings settings) throws IOException {
        Path data = settings.dataDirectory();
        Path journal = data.resolve("journal");
        requireJournal(data);
        Path copy = Files.createTempDirectory(data, ".journal-copy-");
        try {
            // Snapshots first, so that all their events are in the journal's copy.
            linkTree(data.resolve("snapshots"), copy.resolve("snapshots"));
            JournalCopy.take(journal, copy.resolve("journal"));
            // Before the store is opened, because opening replaces files.
            List<String> damaged = JournalStore.damagedFiles(copy.resolve("journal")).stream()
                    .map(what -> what.replace(copy.resolve("journal").toString(), journal.toString()))
                    .toList();
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
            // The copy is removed, and the original has the same damage.
            throw new StoreDamagedException(
                    String.valueOf(e.getMessage())
                            .replace(copy.resolve("journal").toString(), journal.toString()),
                    e);
        } catch (IOException | RuntimeException e) {
            deleteTree(copy);
            throw e;
        }
    }

    static void requireJournal(Path data) throws IOException {
        if (!Files.isDirectory(data.resolve("journal"))) {
            throw new IOException("There is no journal in " + data + ". Choose the data directory with --data-dir");
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
        return damagedFiles;
    }

    ActorSystem<Void> system() {
        return system;
    }

    public Map<PrinterId, StreamInfo> printers() {
        var printers = new LinkedHashMap<PrinterId, StreamInfo>();
        journal.streams()
                .forEach(stream -> PrinterStreams.printer(stream.persistenceId())
                        .ifPresent(printer -> printers.put(printer, stream)));
        return printers;
    }

    /**
     * A summary of a printer's stream.
     *
     * @param from sequence number of the first event that is left
     * @param bytes about how much of the disk its events take
     */
    public record PrinterSummary(
            String printer,
            long events,
            long from,
            long to,
            int snapshots,
            long bytes,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt) {}

    public List<PrinterSummary> summaries() throws IOException {
        var summaries = new ArrayList<PrinterSummary>();
        for (Map.Entry<PrinterId, StreamInfo> printer : printers().entrySet()) {
            StreamInfo stream = printer.getValue();
            summaries.add(new PrinterSummary(
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

    public Optional<StreamInfo> find(PrinterId printer) {
        return Optional.ofNullable(printers().get(printer));
    }

    /** Calls the consumer with a printer's events in order, from the first number to the last. */
    public void events(PrinterId printer, long from, long to, Consumer<Recorded> consumer) throws IOException {
        journal.replay(
                PrinterStreams.of(printer).id(), from, to, Long.MAX_VALUE, stored -> consumer.accept(recorded(stored)));
    }

    Recorded recorded(StoredEvent stored) {
        return new Recorded(stored.sequence(), (PrinterEvent)
                serialization.deserialize(stored.event().content()));
    }

    /**
     * The state before the first event that was not deleted.
     *
     * @throws StoreDamagedException when events were deleted, and no snapshot replaces them
     */
    public QueueState stateBefore(PrinterId printer, StreamInfo stream) throws IOException {
        if (stream.deletedTo() == 0) {
            return QueueState.empty(finishedJobsKept);
        }
        List<SnapshotFiles.SnapshotEntry> newestFirst =
                snapshots().list(PrinterStreams.of(printer).id());
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            SnapshotFiles.SnapshotEntry oldest = newestFirst.get(i);
            if (oldest.sequence() >= stream.deletedTo() && oldest.sequence() <= stream.highest()) {
                return state(oldest);
            }
        }
        throw new StoreDamagedException("Events 1 to %,d of %s were deleted, but no snapshot replaces them"
                .formatted(stream.deletedTo(), stream.persistenceId()));
    }

    QueueState state(SnapshotFiles.SnapshotEntry entry) throws IOException {
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

    /** Links all files of a tree into another, or copies them where links are not possible. */
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
            // The running server has deleted it.
            return;
        } catch (FileAlreadyExistsException linked) {
            // Linked by an earlier pass; or copied, and then it may have grown since.
            if (Files.exists(file) && Files.size(file) != Files.size(target)) {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a directory with all that is in it, if it exists. */
    public static void deleteTree(Path tree) throws IOException {
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
