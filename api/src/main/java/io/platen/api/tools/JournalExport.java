package io.platen.api.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything as JSON Lines: the streams, the events in the order in which they were stored, the snapshots,
 * the print data. What was stored is in Base64, bit for bit; an event is there once more as it reads.
 */
public final class JournalExport {
    static final String FORMAT = "platen-export-1";
    private static final int PART_BYTES = 1024 * 1024;

    private final RecordedHistory history;
    private final OutputStream out;
    private final Progress progress;
    private final List<String> notWhole = new ArrayList<>();
    private long events;
    private long snapshots;
    private long documents;

    private JournalExport(RecordedHistory history, OutputStream out, Progress progress) {
        this.history = history;
        this.out = out;
        this.progress = progress;
    }

    /** One line: exactly one of these is there. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            @Nullable Header header,
            @Nullable StreamInfo stream,
            @Nullable EventLine event,
            @Nullable SnapshotLine snapshot,
            @Nullable DocumentLine document,
            @Nullable Footer end) {}

    /** The first line. */
    record Header(String format, Instant at, long lastOrdinal) {}

    /** An event; {@code readable} is for people and not read again. */
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

    /** What a serializer made. */
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

    /** A snapshot. */
    record SnapshotLine(
            String stream,
            long sequence,
            long at,
            SerializedLine content,
            @Nullable SerializedLine metadata) {}

    /** A piece of print data: of one with many pieces, the next. */
    record DocumentLine(String id, boolean shared, byte[] bytes) {}

    /** The last line: without it, the export is not whole. */
    public record Footer(long events, long snapshots, long documents) {}

    /** Writes all of it; what it wrote. */
    public static Result write(RecordedHistory history, OutputStream out, Progress progress) throws IOException {
        var export = new JournalExport(history, out, progress);
        return new Result(export.write(), export.notWhole);
    }

    /**
     * What was written.
     *
     * @param leftOut parts of segments that hold no whole document; damage, or what a crash left
     */
    public record Result(Footer footer, List<String> leftOut) {}

    private Footer write() throws IOException {
        JournalStore journal = history.journal();
        line(new Line(new Header(FORMAT, Instant.now(), journal.lastOrdinal()), null, null, null, null, null));
        for (StreamInfo stream : journal.streams()) {
            line(new Line(null, stream, null, null, null, null));
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
            for (SnapshotFiles.Entry entry : history.snapshots().list(stream)) {
                snapshot(SnapshotFiles.read(entry));
            }
        }
        documents(history.documents());
        var end = new Footer(events, snapshots, documents);
        line(new Line(null, null, null, null, null, end));
        return end;
    }

    private void event(StoredEvent stored) throws IOException {
        EventRecord event = stored.event();
        Object readable = PrinterStreams.printer(stored.persistenceId()).isPresent()
                ? Json.object(PrinterEvent.class, history.recorded(stored).event())
                : null;
        line(new Line(
                null,
                null,
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
                        readable),
                null,
                null,
                null));
        events++;
        progress.at("events", events);
    }

    private void snapshot(SnapshotRecord snapshot) throws IOException {
        line(new Line(
                null,
                null,
                null,
                new SnapshotLine(
                        snapshot.persistenceId(),
                        snapshot.sequence(),
                        snapshot.at(),
                        SerializedLine.of(snapshot.content()),
                        SerializedLine.ofNullable(snapshot.metadata())),
                null,
                null));
        snapshots++;
        progress.at("snapshots", snapshots);
    }

    private void documents(DocumentArchive archive) throws IOException {
        notWhole.addAll(archive.visitSmall((id, content) -> document(id, true, content)));
        for (String id : archive.large()) {
            try (InputStream bytes = archive.openLarge(id)) {
                for (byte[] part = bytes.readNBytes(PART_BYTES); part.length > 0; part = bytes.readNBytes(PART_BYTES)) {
                    line(new Line(null, null, null, null, new DocumentLine(id, false, part), null));
                }
            } catch (NoSuchFileException gone) {
                // A server needs it no more.
                continue;
            }
            documents++;
            progress.at("documents", documents);
        }
    }

    private void document(String id, boolean shared, byte[] content) throws IOException {
        line(new Line(null, null, null, null, new DocumentLine(id, shared, content), null));
        documents++;
        progress.at("documents", documents);
    }

    private void line(Line line) throws IOException {
        out.write(Json.bytes(Objects.requireNonNull(line)));
        out.write('\n');
    }
}
