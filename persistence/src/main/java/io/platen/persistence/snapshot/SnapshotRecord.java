package io.platen.persistence.snapshot;

import io.platen.persistence.journal.EventRecord.Serialized;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as it is stored. Big-endian: {@code PLS1}, CRC-32C of all that follows (4 bytes), sequence number and
 * time (8 each), then persistence id, content, and metadata; each text and byte string follows its length (4).
 *
 * @param sequence number of the last event in the snapshot
 * @param at when it was taken, in milliseconds since 1970
 * @param content the state
 * @param metadata Akka's metadata of the snapshot
 */
public record SnapshotRecord(
        String persistenceId,
        long sequence,
        long at,
        Serialized content,
        @Nullable Serialized metadata) {
    private static final int MAGIC = 0x504c5331;
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int NONE = -1;

    byte[] encode() {
        byte[] id = persistenceId.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(
                HEADER_BYTES + 2 * Long.BYTES + Integer.BYTES + id.length + size(content) + size(metadata));
        bytes.putInt(MAGIC).putInt(0).putLong(sequence).putLong(at);
        bytes.putInt(id.length).put(id);
        put(bytes, content);
        put(bytes, metadata);
        bytes.putInt(Integer.BYTES, checksum(bytes.array()));
        return bytes.array();
    }

    /** Null when it is damaged. */
    static @Nullable SnapshotRecord decode(byte[] stored) {
        try {
            var bytes = ByteBuffer.wrap(stored);
            if (bytes.getInt() != MAGIC || bytes.getInt() != checksum(stored)) {
                return null;
            }
            long sequence = bytes.getLong();
            long at = bytes.getLong();
            String id = text(bytes);
            Serialized content = serialized(bytes);
            return content == null ? null : new SnapshotRecord(id, sequence, at, content, serialized(bytes));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static int checksum(byte[] stored) {
        var sum = new CRC32C();
        sum.update(stored, HEADER_BYTES, stored.length - HEADER_BYTES);
        return (int) sum.getValue();
    }

    private static int size(@Nullable Serialized part) {
        return part == null
                ? Integer.BYTES
                : 3 * Integer.BYTES + part.manifest().getBytes(StandardCharsets.UTF_8).length + part.bytes().length;
    }

    private static void put(ByteBuffer into, @Nullable Serialized part) {
        if (part == null) {
            into.putInt(NONE);
        } else {
            byte[] manifest = part.manifest().getBytes(StandardCharsets.UTF_8);
            into.putInt(manifest.length).put(manifest).putInt(part.serializer());
            into.putInt(part.bytes().length).put(part.bytes());
        }
    }

    private static @Nullable Serialized serialized(ByteBuffer bytes) {
        if (bytes.getInt(bytes.position()) == NONE) {
            return null;
        }
        String manifest = text(bytes);
        return new Serialized(bytes.getInt(), manifest, bytes(bytes));
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer from) {
        var bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }
}
