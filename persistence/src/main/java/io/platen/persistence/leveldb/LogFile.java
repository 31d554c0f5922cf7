package io.platen.persistence.leveldb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One of LevelDB's logs (a write-ahead log or a manifest), read without LevelDB, which neither says where a log is damaged nor
 * tells a torn tail from a hole.
 *
 * <p>Blocks of 32 KiB hold fragments: masked CRC-32C (4 bytes), length (2), type (1), data; little-endian
 * (LevelDB, doc/log_format.md). A record is one FULL fragment, or FIRST, any MIDDLE, and LAST. The log grows
 * through a memory map, so zeros may follow the last record.
 *
 * <p>Each group of writes is one record, and is synced before the next begins. So after a power cut only the last record can be
 * torn, and no record follows it. When another record follows, the damaged bytes had been acknowledged.
 *
 * @param records the whole records up to the first damage
 * @param end where the last whole record ends
 * @param damage what follows it
 * @param resumesAt where another record begins after a hole, else -1
 */
public record LogFile(List<byte[]> records, long end, Damage damage, long resumesAt) {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;
    private static final byte FULL = 1;
    private static final byte FIRST = 2;
    private static final byte LAST = 4;

    /** What follows the last whole record. */
    public enum Damage {
        /** Nothing, or zeros. */
        NONE,
        /** A record that was never written completely. */
        TORN_TAIL,
        /** Damage, followed by more records. */
        HOLE
    }

    public static LogFile read(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    static LogFile of(byte[] bytes) {
        return new Reader(bytes).read();
    }

    /** Cuts off a torn tail. Durable when this returns. */
    void repair(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    private static final class Reader {
        private final ByteBuffer bytes;
        private final List<byte[]> records = new ArrayList<>();
        private int at;

        Reader(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        LogFile read() {
            int end = 0;
            var record = new ByteArrayOutputStream();
            boolean inside = false;
            while (true) {
                if (BLOCK_BYTES - at % BLOCK_BYTES < HEADER_BYTES) {
                    at += BLOCK_BYTES - at % BLOCK_BYTES;
                }
                byte type = soundTypeAt(at);
                boolean starts = type == FULL || type == FIRST;
                if (type == 0 || starts == inside) {
                    break;
                }
                int length = lengthAt(at);
                record.write(bytes.array(), at + HEADER_BYTES, length);
                at += HEADER_BYTES + length;
                inside = type != FULL && type != LAST;
                if (!inside) {
                    records.add(record.toByteArray());
                    record.reset();
                    end = at;
                }
            }
            return new LogFile(records, end, damage(inside), resumesAt());
        }

        private Damage damage(boolean inside) {
            if (resumesAt() >= 0) {
                return Damage.HOLE;
            }
            return inside || !onlyZerosFrom(at) ? Damage.TORN_TAIL : Damage.NONE;
        }

        private boolean onlyZerosFrom(int start) {
            for (int i = start; i < bytes.limit(); i++) {
                if (bytes.get(i) != 0) {
                    return false;
                }
            }
            return true;
        }

        private int resumesAt() {
            for (int i = at; i < bytes.limit() - HEADER_BYTES; i++) {
                byte type = bytes.get(i + HEADER_BYTES - 1);
                if ((type == FULL || type == FIRST) && soundTypeAt(i) == type) {
                    return i;
                }
            }
            return -1;
        }

        private int lengthAt(int offset) {
            return Short.toUnsignedInt(bytes.getShort(offset + 4));
        }

        /** The type of the fragment at an offset; 0 when there is none with a right checksum. */
        private byte soundTypeAt(int offset) {
            int blockEnd = Math.min(bytes.limit(), offset - offset % BLOCK_BYTES + BLOCK_BYTES);
            if (offset + HEADER_BYTES > blockEnd) {
                return 0;
            }
            int length = lengthAt(offset);
            byte type = bytes.get(offset + HEADER_BYTES - 1);
            if (type < FULL || type > LAST || offset + HEADER_BYTES + length > blockEnd) {
                return 0;
            }
            return maskedChecksum(bytes.array(), offset + HEADER_BYTES - 1, length + 1) == bytes.getInt(offset)
                    ? type
                    : 0;
        }
    }

    /** LevelDB masks stored checksums, because a CRC over data that contains CRCs is weak (LevelDB, util/crc32c.h). */
    static int maskedChecksum(byte[] bytes, int offset, int length) {
        var sum = new CRC32C();
        sum.update(bytes, offset, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
    }
}
