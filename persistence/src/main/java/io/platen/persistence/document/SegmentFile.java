package io.platen.persistence.document;

import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A file that many small documents share. Big-endian: {@code PLATENS1}, then records without gaps, each of length
 * (4 bytes), CRC-32C of segment number, offset, length and content (4), and the content. Only ever appended to.
 */
final class SegmentFile {
    static final byte[] MAGIC = "PLATENS1".getBytes(StandardCharsets.US_ASCII);
    static final int RECORD_HEADER_BYTES = 2 * Integer.BYTES;

    private SegmentFile() {}

    @FunctionalInterface
    interface SegmentReader {
        /** Called for each whole record. */
        void record(long offset, byte[] content) throws IOException;
    }

    /**
     * Where a scan ended.
     *
     * @param end the position after the last whole record
     * @param size of the file; larger than {@code end} when bytes follow that are not a whole record
     */
    record Scan(long end, long size) {
        boolean isWhole() {
            return end == size;
        }
    }

    /** The bytes of a record that precede its content. */
    static ByteBuffer header(long segment, long offset, ByteBuffer... content) {
        int length = Arrays.stream(content).mapToInt(ByteBuffer::remaining).sum();
        return ByteBuffer.allocate(RECORD_HEADER_BYTES)
                .putInt(length)
                .putInt(checksum(segment, offset, length, content))
                .flip();
    }

    private static int checksum(long segment, long offset, int length, ByteBuffer... content) {
        var sum = new CRC32C();
        sum.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(segment)
                .putLong(offset)
                .putInt(length)
                .flip());
        for (ByteBuffer part : content) {
            sum.update(part.duplicate());
        }
        return (int) sum.getValue();
    }

    /**
     * Reads one record.
     *
     * @throws NoSuchFileException when there is no such segment (any more)
     * @throws StoreDamagedException when the record differs from what was written
     */
    static byte[] read(Path file, long segment, long offset, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (size > Integer.MAX_VALUE - RECORD_HEADER_BYTES) {
                throw damaged(file, offset);
            }
            var record = ByteBuffer.allocate(RECORD_HEADER_BYTES + (int) size);
            readFully(channel, record, offset);
            if (record.hasRemaining()) {
                throw damaged(file, offset);
            }
            record.flip();
            int length = record.getInt();
            int sum = record.getInt();
            if (length != size || sum != checksum(segment, offset, length, record)) {
                throw damaged(file, offset);
            }
            var content = new byte[length];
            record.get(content);
            return content;
        }
    }

    private static StoreDamagedException damaged(Path file, long offset) {
        return new StoreDamagedException("%s is damaged in the record at byte %,d".formatted(file, offset));
    }

    /** Reads records up to the end, or up to the first bytes that are no whole record. */
    static Scan scan(Path file, long segment, int longestContent, SegmentReader visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            var magic = ByteBuffer.allocate(MAGIC.length);
            readFully(channel, magic, 0);
            if (magic.hasRemaining() || !magic.flip().equals(ByteBuffer.wrap(MAGIC))) {
                return new Scan(0, size);
            }
            long at = MAGIC.length;
            while (at + RECORD_HEADER_BYTES <= size) {
                var header = ByteBuffer.allocate(RECORD_HEADER_BYTES);
                readFully(channel, header, at);
                header.flip();
                int length = header.getInt();
                int sum = header.getInt();
                if (length < 0 || length > longestContent || at + RECORD_HEADER_BYTES + length > size) {
                    break;
                }
                var content = new byte[length];
                readFully(channel, ByteBuffer.wrap(content), at + RECORD_HEADER_BYTES);
                if (sum != checksum(segment, at, length, ByteBuffer.wrap(content))) {
                    break;
                }
                visitor.record(at, content);
                at += RECORD_HEADER_BYTES + length;
            }
            return new Scan(at, size);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
        long position = at;
        while (into.hasRemaining()) {
            int read = channel.read(into, position);
            if (read < 0) {
                return;
            }
            position += read;
        }
    }
}
