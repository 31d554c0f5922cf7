package io.platen.spooler.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import io.platen.persistence.document.StoredDocument;
import io.platen.spooler.job.JobState;
import io.platen.spooler.job.KeptJob;
import io.platen.spooler.job.PrintJob;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A job that is over for good, as a snapshot stores it. Nearly all jobs of a queue are over, and few are ever looked at again.
 * Unpacking those of a large site would take most of the time of a start, and several times the memory.
 */
final class PackedJob implements KeptJob {
    private final int number;
    private final @Nullable String ownKey;
    private final JobState state;
    private final long endedAtMillis;
    private final boolean watched;
    private final byte[] row;
    private final ObjectCodec codec;

    /**
     * A job as it was read from a snapshot.
     *
     * @param row the job's fields, see {@link SnapshotModule}
     * @param codec reads the row
     */
    PackedJob(
            int number,
            @Nullable String ownKey,
            JobState state,
            long endedAtMillis,
            boolean watched,
            byte[] row,
            ObjectCodec codec) {
        this.number = number;
        this.ownKey = ownKey;
        this.state = state;
        this.endedAtMillis = endedAtMillis;
        this.watched = watched;
        this.row = row;
        this.codec = codec;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public @Nullable String ownKey() {
        return ownKey;
    }

    @Override
    public JobState state() {
        return state;
    }

    @Override
    public Instant endedAt() {
        return Instant.ofEpochMilli(endedAtMillis);
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    byte[] row() {
        return row;
    }

    /** Parsed on each call. */
    @Override
    public String documentId() {
        return read(PackedJob::documentId);
    }

    /** Reads the row only as far as the document's id. */
    private static String documentId(JsonParser row) throws IOException {
        // The third array is the document, which begins with its id: the first is the job, the second its ticket.
        for (int arrays = 0; arrays < 3; ) {
            JsonToken token = row.nextToken();
            if (token == null) {
                throw new EOFException("the row ends before its document");
            }
            arrays += token == JsonToken.START_ARRAY ? 1 : 0;
        }
        return row.nextTextValue();
    }

    @Override
    public boolean isOver() {
        return true;
    }

    /** Parsed on each call. */
    @Override
    public PrintJob job() {
        return read(parser -> codec.readValue(parser, PrintJob.class));
    }

    /** Parses the row only if it contains the SHA-256, because a site may keep millions of rows. */
    @Override
    public boolean hasBytesOf(StoredDocument document) {
        return contains(document.sha256().getBytes(US_ASCII)) && job().hasBytesOf(document);
    }

    private boolean contains(byte[] part) {
        for (int at = 0; at <= row.length - part.length; at++) {
            if (row[at] == part[0] && Arrays.equals(row, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private interface PackedReading<T> {
        T read(JsonParser parser) throws IOException;
    }

    private <T> T read(PackedReading<T> reading) {
        try (JsonParser parser = codec.getFactory().createParser(row)) {
            return reading.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Job %d cannot be read from its printer's snapshot: %s".formatted(number, e.getMessage()), e);
        }
    }
}
