package io.platen.api.tools;

import io.platen.api.wire.Json;
import io.platen.persistence.document.DocumentArchive;
import io.platen.persistence.journal.EventRecord;
import io.platen.persistence.journal.EventRecord.Serialized;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.journal.StoredEvent;
import io.platen.persistence.snapshot.SnapshotFiles;
import io.platen.persistence.snapshot.SnapshotRecord;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.queue.PrinterStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything as JSON Lines: the streams, the events in the order in which they were stored, the snapshots and the
 * print data. Stored bytes are in Base64; the events of printers are also written as readable JSON.
 */
public final class JournalExport {
    static final String FORMAT = "platen-export-1";
    private static final int PART_BYTES = 1024 * 1024;

    private final RecordedHistory history;
    private final OutputStream out;
    private final Progress progress;
    private final List<String> leftOut = new ArrayList<>();
    private long events;
    private long snapshots;
    private long documents;

    private JournalExport(RecordedHistory history, OutputStream out, Progress progress) {
        this.history = history;
        this.out = out;
        this.progress = progress;
    }

    /** One line, which has exactly one of these. */
    record ExportedEvent(
            @Nullable Header header,
            @Nullable StreamInfo stream,
            @Nullable EventLine event,
            @Nullable SnapshotLine snapshot,
            @Nullable DocumentLine document,
            @Nullable Footer end) {}

    /** The first line. */
    record Header(String format, Instant at, long lastOrdinal) {}

    /** An event; {@code readable} is for people, and an import ignores it. */
    record EventLine(
            String stream,
            long sequence,
            long ordinal,
            long at,
            String writer,
            String adapterManifest,
            List<String> tags,
            SerializedLine content,
            @Nullable SerializedLine metadata,
            @Nullable Object readable) {}

    /** A value as its serializer wrote it. */
    record SerializedLine(int serializer, String manifest, byte[] bytes) {
        static SerializedLine of(Serialized serialized) {
            return new SerializedLine(serialized.serializer(), serialized.manifest(), serialized.bytes());
        }

        static @Nullable SerializedLine ofNullable(@Nullable Serialized serialized) {
            return serialized == null ? null : of(serialized);
        }

        Serialized serialized() {
            return new Serialized(serializer, manifest, bytes);
        }
    }

    record SnapshotLine(
            String stream,
            long sequence,
            long at,
            SerializedLine content,
            @Nullable SerializedLine metadata) {}

    /** A piece of print data; the pieces of one document follow each other. */
    record DocumentLine(String id, boolean shared, byte[] bytes) {}

    /** The last line: without it, the export is not complete. */
    public record Footer(long events, long snapshots, long documents) {}

    public static ExportResult write(RecordedHistory history, OutputStream out, Progress progress) throws IOException {
        var export = new JournalExport(history, out, progress);
        return new ExportResult(export.write(), export.leftOut);
    }

    /**
     * What was written.
     *
     * @param leftOut parts of segments that hold no complete document, because of damage or a crash
     */
    public record ExportResult(Footer footer, List<String> leftOut) {}

    private Footer write() throws IOException {
        JournalStore journal = history.journal();
        line("header", new Header(FORMAT, Instant.now(), journal.lastOrdinal()));
        for (StreamInfo stream : journal.streams()) {
            line("stream", stream);
        }
        long seen = 0;
        while (seen < journal.lastOrdinal()) {
            JournalStore.Piece piece = journal.readAfter(seen);
            for (StoredEvent event : piece.events()) {
                event(event);
            }
            seen = piece.last();
        }
        for (String stream : history.snapshots().streams()) {
            for (SnapshotFiles.SnapshotEntry entry : history.snapshots().list(stream)) {
                snapshot(SnapshotFiles.read(entry));
            }
        }
        documents(history.documents());
        var end = new Footer(events, snapshots, documents);
        line("end", end);
        return end;
    }

    private void event(StoredEvent stored) throws IOException {
        EventRecord event = stored.event();
        Object readable = PrinterStreams.printer(stored.persistenceId()).isPresent()
                ? Json.object(PrinterEvent.class, history.recorded(stored).event())
                : null;
        line(
                "event",
                new EventLine(
                        stored.persistenceId(),
                        stored.sequence(),
                        event.ordinal(),
                        event.at(),
                        event.writer(),
                        event.adapterManifest(),
                        event.tags(),
                        SerializedLine.of(event.content()),
                        SerializedLine.ofNullable(event.metadata()),
                        readable));
        events++;
        progress.at("events", events);
    }

    private void snapshot(SnapshotRecord snapshot) throws IOException {
        line(
                "snapshot",
                new SnapshotLine(
                        snapshot.persistenceId(),
                        snapshot.sequence(),
                        snapshot.at(),
                        SerializedLine.of(snapshot.content()),
                        SerializedLine.ofNullable(snapshot.metadata())));
        snapshots++;
        progress.at("snapshots", snapshots);
    }

    private void documents(DocumentArchive archive) throws IOException {
        leftOut.addAll(archive.visitSmall(this::document));
        for (String id : archive.large()) {
            try (InputStream bytes = archive.openLarge(id)) {
                for (byte[] part = bytes.readNBytes(PART_BYTES); part.length > 0; part = bytes.readNBytes(PART_BYTES)) {
                    line("document", new DocumentLine(id, false, part));
                }
            } catch (NoSuchFileException gone) {
                // The running server has deleted it.
                continue;
            }
            documents++;
            progress.at("documents", documents);
        }
    }

    private void document(String id, byte[] content) throws IOException {
        line("document", new DocumentLine(id, true, content));
        documents++;
        progress.at("documents", documents);
    }

    /** Writes an {@link ExportedEvent} with this one component. */
    private void line(String component, Object value) throws IOException {
        out.write(Json.bytes(Map.of(component, value)));
        out.write('\n');
    }
}
