package io.platen.persistence.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The tables that share the database, by the first byte of the key. Numbers are big-endian, so that they sort;
 * every value but the format begins with the CRC-32C of its key and the rest of it.
 *
 * <pre>
 * F                           the format of all that follows
 * S persistence id            number of the stream (4 bytes)
 * D stream                    deleted up to here, highest sequence number then (8 bytes each)
 * E stream, sequence number   an event ({@link EventRecord})
 * O ordinal of the first      the events of one group, in order: stream, sequence number of each
 * </pre>
 *
 * <p>Ordinals count all events of the journal. They are given out in the group that stores the events, so they
 * have no gaps.
 */
enum Table {
    FORMAT('F'),
    STREAM('S'),
    DELETED('D'),
    EVENT('E'),
    ORDINAL('O');

    static final byte[] FORMAT_KEY = {'F'};
    static final byte[] FORMAT_1 = "platen-journal-1".getBytes(StandardCharsets.US_ASCII);
    static final int CHECKSUM_BYTES = Integer.BYTES;

    private final byte first;

    Table(char first) {
        this.first = (byte) first;
    }

    boolean holds(byte[] key) {
        return key.length > 0 && key[0] == first;
    }

    /** Where the table begins. */
    byte[] start() {
        return new byte[] {first};
    }

    /** Behind the table's last key. */
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

    static byte[] eventKey(int stream, long sequence) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES)
                .put(EVENT.first)
                .putInt(stream)
                .putLong(sequence)
                .array();
    }

    static int streamOf(byte[] eventKey) {
        return ByteBuffer.wrap(eventKey).getInt(1);
    }

    static long sequenceOf(byte[] eventKey) {
        return ByteBuffer.wrap(eventKey).getLong(1 + Integer.BYTES);
    }

    static byte[] ordinalKey(long first) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(ORDINAL.first)
                .putLong(first)
                .array();
    }

    static long ordinalOf(byte[] ordinalKey) {
        return ByteBuffer.wrap(ordinalKey).getLong(1);
    }

    /** Room for a value of so many bytes, with the place for its checksum before them. */
    static ByteBuffer value(int bytes) {
        return ByteBuffer.allocate(CHECKSUM_BYTES + bytes).position(CHECKSUM_BYTES);
    }

    /** The value, made by {@link #value}, with its checksum in place. */
    @SuppressWarnings("ByteBufferBackingArray")
    static byte[] seal(byte[] key, ByteBuffer value) {
        byte[] bytes = value.array();
        ByteBuffer.wrap(bytes).putInt(0, checksum(key, bytes));
        return bytes;
    }

    /** Whether the checksum fits. */
    static boolean isSound(byte[] key, byte[] value) {
        return value.length >= CHECKSUM_BYTES && ByteBuffer.wrap(value).getInt(0) == checksum(key, value);
    }

    private static int checksum(byte[] key, byte[] value) {
        var sum = new CRC32C();
        sum.update(key);
        sum.update(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES);
        return (int) sum.getValue();
    }
}
