package io.platen.persistence.leveldb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes LevelDB's logs by the book (LevelDB, doc/log_format.md). */
final class TestLogs {
    static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Appends a record, in as many fragments as the blocks need. */
    TestLogs record(byte[] record) {
        int at = 0;
        boolean begins = true;
        do {
            int left = BLOCK_BYTES - out.size() % BLOCK_BYTES;
            if (left < HEADER_BYTES) {
                out.writeBytes(new byte[left]);
                left = BLOCK_BYTES;
            }
            int length = Math.min(record.length - at, left - HEADER_BYTES);
            boolean ends = at + length == record.length;
            fragment(begins ? (ends ? 1 : 2) : (ends ? 4 : 3), record, at, length);
            at += length;
            begins = false;
        } while (at < record.length);
        return this;
    }

    private void fragment(int type, byte[] record, int offset, int length) {
        var checked = ByteBuffer.allocate(1 + length).put((byte) type).put(record, offset, length);
        out.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(LogFile.maskedChecksum(checked.array(), 0, 1 + length))
                .putShort((short) length)
                .put((byte) type)
                .array());
        out.write(record, offset, length);
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
