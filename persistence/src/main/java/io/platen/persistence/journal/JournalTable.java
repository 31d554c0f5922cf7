package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.leveldb.Database;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The tables of the journal's two databases, by the first byte of the key. Numbers are big-endian, so that they sort. Every
 * value but the format begins with the CRC-32C of its key and the rest of the value.
 *
 * <p>The events:
 *
 * <pre>
 * F                           the format of all that follows
 * B ordinal of the first      events that were stored together ({@link EventBlock})
 * S persistence id            number of the stream (4 bytes)
 * D stream                    deleted up to this sequence number, highest sequence number at that time (8 bytes each)
 * </pre>
 *
 * <p>The index, see {@link StreamIndex}:
 *
 * <pre>
 * F                           the format of all that follows
 * X                           the ordinal of the last event in the index (8 bytes)
 * P stream, sequence number   the blocks of some of the stream's events, the last of which has this number ({@link Places})
 * </pre>
 *
 * <p>Ordinals count all events of the journal. They are assigned in the group that stores the events, so they have no gaps.
 */
enum JournalTable {
    BLOCK('B'),
    STREAM('S'),
    DELETED('D'),
    PLACES('P');

    static final byte[] FORMAT_KEY = {'F'};
    static final byte[] INDEXED_KEY = {'X'};
    static final int CHECKSUM_BYTES = Integer.BYTES;

    private final byte first;

    JournalTable(char first) {
        this.first = (byte) first;
    }

    /** The key at which the table begins. */
    byte[] start() {
        return new byte[] {first};
    }

    /** The first key after the table. */
    byte[] end() {
        return new byte[] {(byte) (first + 1)};
    }

    static byte[] streamKey(String persistenceId) {
        byte[] name = persistenceId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length).put(STREAM.first).put(name).array();
    }

    static String persistenceId(byte[] streamKey) {
        return new String(streamKey, 1, streamKey.length - 1, StandardCharsets.UTF_8);
    }

    static byte[] deletedKey(int stream) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(DELETED.first)
                .putInt(stream)
                .array();
    }

    static byte[] blockKey(long firstOrdinal) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(BLOCK.first)
                .putLong(firstOrdinal)
                .array();
    }

    static long firstOrdinal(byte[] blockKey) {
        return ByteBuffer.wrap(blockKey).getLong(1);
    }

    static byte[] placesKey(int stream, long lastSequence) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES)
                .put(PLACES.first)
                .putInt(stream)
                .putLong(lastSequence)
                .array();
    }

    static long lastSequence(byte[] placesKey) {
        return ByteBuffer.wrap(placesKey).getLong(1 + Integer.BYTES);
    }

    /** A buffer for a value of this size, after the space for its checksum. */
    static ByteBuffer value(int bytes) {
        return ByteBuffer.allocate(CHECKSUM_BYTES + bytes).position(CHECKSUM_BYTES);
    }

    /** The entry of a value that was begun with {@link #value}, up to its position and with its checksum. */
    static Database.Entry seal(byte[] key, ByteBuffer value) {
        var bytes = new byte[value.position()];
        value.get(0, bytes);
        ByteBuffer.wrap(bytes).putInt(0, checksum(key, bytes));
        return new Database.Entry(key, bytes);
    }

    /** Whether the checksum is right. */
    static boolean isSound(Database.Entry entry) {
        byte[] value = entry.value();
        return value.length >= CHECKSUM_BYTES && ByteBuffer.wrap(value).getInt(0) == checksum(entry.key(), value);
    }

    private static int checksum(byte[] key, byte[] value) {
        var sum = new CRC32C();
        sum.update(key);
        sum.update(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES);
        return (int) sum.getValue();
    }

    /**
     * Checks a value, and positions it after its checksum.
     *
     * @param what names the value in the message of the exception
     */
    static ByteBuffer sound(Database.Entry entry, Supplier<String> what) throws StoreDamagedException {
        if (!isSound(entry)) {
            throw new StoreDamagedException("In the journal, " + what.get() + " has a wrong checksum");
        }
        return ByteBuffer.wrap(entry.value()).position(CHECKSUM_BYTES);
    }
}
