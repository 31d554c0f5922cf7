package io.platen.api.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.platen.api.server.ServerSettings;
import io.platen.api.tools.JournalExport.DocumentLine;
import io.platen.api.tools.JournalExport.EventLine;
import io.platen.api.tools.JournalExport.ExportedEvent;
import io.platen.api.tools.JournalExport.Footer;
import io.platen.api.tools.JournalExport.Header;
import io.platen.api.tools.JournalExport.SerializedLine;
import io.platen.api.tools.JournalExport.SnapshotLine;
import io.platen.api.wire.Json;
import io.platen.persistence.Directories;
import io.platen.persistence.document.DocumentArchive;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.EventRecord.Serialized;
import io.platen.persistence.journal.JournalSettings;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.StoredEvent;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.persistence.snapshot.SnapshotRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an export into an empty data directory, completely or not at all. */
public final class JournalImport {
    private static final int EVENTS_TOGETHER = 1_000;

    private final JournalStore journal;
    private final SnapshotFiles snapshots;
    private final DocumentArchive documents;
    private final Progress progress;
    private final List<StoredEvent> pending = new ArrayList<>();
    private final Set<String> documentsSeen = new HashSet<>();
    private long lineNumber;
    private long lastOrdinal = -1;
    private long events;
    private long snapshotsSeen;
    private @Nullable Footer end;

    private JournalImport(JournalStore journal, Path staging, Progress progress) {
        this.journal = journal;
        this.snapshots = new SnapshotFiles(staging.resolve("snapshots"));
        this.documents = new DocumentArchive(staging.resolve("documents"));
        this.progress = progress;
    }

    /**
     * Reads all lines.
     *
     * @throws IOException when the directory is not empty, or the export is not complete
     */
    public static Footer read(BufferedReader lines, ServerSettings settings, Progress progress) throws IOException {
        Path data = settings.dataDirectory();
        requireEmpty(data);
        Files.createDirectories(data);
        Path staging = Files.createTempDirectory(data, ".import-");
        try {
            JournalSettings usual = JournalSettings.of(settings.config());
            Footer done;
            try (JournalStore journal = JournalStore.open(
                    new JournalSettings(
                            staging.resolve("journal"),
                            usual.writeBufferBytes(),
                            usual.limits(),
                            usual.freeSpaceReserveBytes()),
                    Runnable::run)) {
                done = new JournalImport(journal, staging, progress).read(lines);
            }
            moveParts(staging, data, List.of("documents", "snapshots", "journal"));
            return done;
        } finally {
            RecordedHistory.deleteTree(staging);
        }
    }

    /** Moves these folders into the data directory. */
    static void moveParts(Path staging, Path data, List<String> parts) throws IOException {
        for (String part : parts) {
            if (Files.exists(staging.resolve(part))) {
                Files.move(staging.resolve(part), data.resolve(part), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Directories.sync(data);
    }

    static void requireEmpty(Path data) throws IOException {
        for (String part : List.of("journal", "snapshots", "documents", "failures")) {
            Path folder = data.resolve(part);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    if (files.anyMatch(Files::isRegularFile)) {
                        throw new IOException(
                                "%s is not empty. Choose another data directory with --data-dir, or move this one away"
                                        .formatted(folder));
                    }
                }
                RecordedHistory.deleteTree(folder);
            }
        }
    }

    private Footer read(BufferedReader lines) throws IOException {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            lineNumber++;
            line(parse(text));
        }
        storePending();
        Footer expected = end;
        if (expected == null) {
            throw new IOException("The export is not whole: its last line is missing");
        }
        var found = new Footer(events, snapshotsSeen, documentsSeen.size());
        if (!expected.equals(found)) {
            throw new IOException("The export is not whole: it should have %s and has %s".formatted(expected, found));
        }
        documents.sync();
        await(journal.adoptLastOrdinal(lastOrdinal));
        return found;
    }

    private ExportedEvent parse(String text) throws IOException {
        try {
            return Json.read(text, ExportedEvent.class);
        } catch (JsonProcessingException e) {
            throw new IOException("Line %,d is not of an export: %s".formatted(lineNumber, e.getOriginalMessage()), e);
        }
    }

    private void line(ExportedEvent line) throws IOException {
        Header header = line.header();
        if ((lineNumber == 1) != (header != null)) {
            throw new IOException("Line %,d is not of an export of Platen".formatted(lineNumber));
        }
        if (header != null) {
            if (!header.format().equals(JournalExport.FORMAT)) {
                throw new IOException("The format of the export is '%s', but must be '%s'"
                        .formatted(header.format(), JournalExport.FORMAT));
            }
            lastOrdinal = header.lastOrdinal();
        } else if (line.stream() != null) {
            await(journal.adopt(line.stream()));
        } else if (line.event() != null) {
            event(line.event());
        } else if (line.snapshot() != null) {
            snapshot(line.snapshot());
        } else if (line.document() != null) {
            document(line.document());
        } else {
            end = line.end();
        }
    }

    private void event(EventLine line) throws IOException {
        var event = new EventRecord(
                line.ordinal(),
                line.at(),
                line.writer(),
                line.adapterManifest(),
                line.tags(),
                line.content().serialized(),
                serialized(line.metadata()));
        pending.add(new StoredEvent(line.stream(), line.sequence(), event));
        if (pending.size() == EVENTS_TOGETHER) {
            storePending();
        }
        events++;
        progress.at("events", events);
    }

    private void storePending() throws IOException {
        if (!pending.isEmpty()) {
            await(journal.append(List.copyOf(pending)));
            pending.clear();
        }
    }

    private void snapshot(SnapshotLine line) throws IOException {
        snapshots.write(new SnapshotRecord(
                line.stream(), line.sequence(), line.at(), line.content().serialized(), serialized(line.metadata())));
        snapshotsSeen++;
    }

    private void document(DocumentLine line) throws IOException {
        if (line.shared()) {
            documents.addSmall(line.id(), line.bytes());
        } else {
            documents.addLarge(line.id(), line.bytes());
        }
        documentsSeen.add(line.id());
        progress.at("documents", documentsSeen.size());
    }

    private static @Nullable Serialized serialized(@Nullable SerializedLine line) {
        return line == null ? null : line.serialized();
    }

    private static void await(CompletionStage<?> stage) throws IOException {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("The export cannot be stored: " + cause.getMessage(), cause);
        }
    }
}
