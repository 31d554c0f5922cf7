package io.platen.persistence.leveldb;

import java.nio.ByteBuffer;

/** LevelDB's numbers of varying length: seven bits a byte, the lowest first. */
public final class Varints {
    /** Bytes that the longest takes. */
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
        throw new IllegalArgumentException("A number without an end");
    }

    /** Skips bytes that are preceded by their number. */
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
