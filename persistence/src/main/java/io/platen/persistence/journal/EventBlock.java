package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.leveldb.Database.Entry;
import io.platen.persistence.leveldb.Varints;
import java.nio.ByteBuffer;

/**
 * Events of any streams that were stored together, in the order of their ordinals: one entry of the database, read from front
 * to back.
 *
 * <p>An entry costs LevelDB as much as hundreds of bytes do, so events share entries. Keys only grow, so LevelDB merges tables
 * only where events were deleted. The value holds the last ordinal that the block stands for (8 bytes). Then follow, for each
 * event, as varints: the difference of its ordinal to the block's first one, its stream, its sequence number and its length;
 * and the event ({@link EventRecord}).
 */
final class EventBlock {
    private final long first;
    private final long through;
    private final ByteBuffer rest;
    private long ordinal;
    private int stream;
    private long sequence;
    private int at;
    private int end;

    private EventBlock(long first, ByteBuffer value) {
        this.first = first;
        this.through = value.getLong();
        this.rest = value;
        this.end = value.position();
    }

    /**
     * Begins to read a block.
     *
     * @throws StoreDamagedException when it differs from what was written
     */
    static EventBlock of(Entry entry) throws StoreDamagedException {
        long first = JournalTable.firstOrdinal(entry.key());
        return new EventBlock(
                first, JournalTable.sound(entry, () -> "the block of events from ordinal %,d on".formatted(first)));
    }

    /** The first ordinal of the block, which is its key. The event may have been deleted. */
    long first() {
        return first;
    }

    /** The last ordinal that the block stands for. Its event may have been deleted, or have never existed. */
    long through() {
        return through;
    }

    /** Moves to the next event. False at the end. */
    boolean next() {
        rest.position(end);
        if (!rest.hasRemaining()) {
            return false;
        }
        ordinal = first + Varints.read(rest);
        stream = (int) Varints.read(rest);
        sequence = Varints.read(rest);
        int length = (int) Varints.read(rest);
        at = rest.position();
        end = at + length;
        return true;
    }

    long ordinal() {
        return ordinal;
    }

    int stream() {
        return stream;
    }

    long sequence() {
        return sequence;
    }

    /** The size of the event in bytes. */
    int length() {
        return end - at;
    }

    /** The event as it is stored. */
    byte[] record() {
        var record = new byte[length()];
        rest.get(at, record);
        return record;
    }

    /**
     * Decodes the event.
     *
     * @throws StoreDamagedException when its format is unknown
     */
    EventRecord event() throws StoreDamagedException {
        EventRecord event = EventRecord.decode(ordinal, rest.slice(at, length()));
        if (event == null) {
            throw new StoreDamagedException(
                    "The event of ordinal %,d in the journal has an unknown format".formatted(ordinal));
        }
        return event;
    }

    static final class Builder {
        private static final int FULL_BYTES = 4 * 1024;
        private static final int HEAD_BYTES = 4 * Varints.MOST_BYTES;

        private final long first;
        private long through;
        private ByteBuffer value = JournalTable.value(FULL_BYTES + 1024).putLong(0);

        Builder(long first) {
            this.first = first;
            this.through = first;
        }

        long first() {
            return first;
        }

        /** Whether the next event should begin another block. */
        boolean isFull() {
            return value.position() >= FULL_BYTES;
        }

        void add(long ordinal, int stream, long sequence, byte[] record) {
            int needed = HEAD_BYTES + record.length;
            if (value.remaining() < needed) {
                value = ByteBuffer.allocate(value.position() + needed).put(value.flip());
            }
            Varints.write(value, ordinal - first);
            Varints.write(value, stream);
            Varints.write(value, sequence);
            Varints.write(value, record.length);
            value.put(record);
            through = ordinal;
        }

        /** Makes the block stand for all ordinals up to this one. */
        void through(long ordinal) {
            through = ordinal;
        }

        Entry build() {
            value.putLong(JournalTable.CHECKSUM_BYTES, through);
            return JournalTable.seal(JournalTable.blockKey(first), value);
        }
    }
}
