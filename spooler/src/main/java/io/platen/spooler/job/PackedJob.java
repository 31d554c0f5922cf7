package io.platen.spooler.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that is over for good, as it lies in a snapshot. Nearly all jobs are, and hardly any is looked at again: unpacked,
 * those of a large site would take most of a start, and several times the memory.
 */
final class PackedJob implements KeptJob {
    private final int number;
    private final @Nullable String idempotencyKey;
    private final long endedAtMillis;
    private final boolean watched;
    private final byte[] row;
    private final ObjectCodec codec;

    /**
     * Of what is read from a snapshot.
     *
     * @param row the job as {@link SnapshotRows} write it
     * @param codec reads it
     */
    PackedJob(
            int number,
            @Nullable String idempotencyKey,
            long endedAtMillis,
            boolean watched,
            byte[] row,
            ObjectCodec codec) {
        this.number = number;
        this.idempotencyKey = idempotencyKey;
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
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
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

    /** Read anew each time. */
    @Override
    public PrintJob job() {
        try (JsonParser parser = codec.getFactory().createParser(row)) {
            return codec.readValue(parser, PrintJob.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Job %d cannot be read from its printer's snapshot".formatted(number), e);
        }
    }
}
