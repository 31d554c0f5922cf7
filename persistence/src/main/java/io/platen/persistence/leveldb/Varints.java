package io.platen.persistence.leveldb;

import java.nio.ByteBuffer;

/** LevelDB's numbers of varying length: seven bits per byte, the lowest first. */
public final class Varints {
    /** The size of the longest varint. */
    public static final int MOST_BYTES = 10;

    private Varints() {}

    public static long read(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("A varint does not end after 10 bytes");
    }

    /** Skips a varint, and as many bytes as it says. */
    static void skipBytes(ByteBuffer bytes) {
        int length = Math.toIntExact(read(bytes));
        bytes.position(bytes.position() + length);
    }

    public static void write(ByteBuffer bytes, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes.put((byte) (left | 0x80));
            left >>>= 7;
        }
        bytes.put((byte) left);
    }
}
