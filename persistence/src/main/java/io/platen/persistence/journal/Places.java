package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.leveldb.Database.Entry;
import io.platen.persistence.leveldb.Varints;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The blocks that hold a part of a stream, in order, each with the sequence number of the stream's first event in it.
 *
 * <p>Immutable, but cheap to extend: {@link #with} shares the arrays, and writes only where no older instance reads. One thread
 * may extend, any thread may read.
 */
final class Places {
    static final Places NONE = new Places(new long[0], new long[0], 0, 0, 0);
    private static final int FIRST_ROOM = 4;

    private final long[] sequences;
    private final long[] blocks;
    private final int size;
    private final long last;
    private final long bytes;

    private Places(long[] sequences, long[] blocks, int size, long last, long bytes) {
        this.sequences = sequences;
        this.blocks = blocks;
        this.size = size;
        this.last = last;
        this.bytes = bytes;
    }

    /** These places, followed by one more event. */
    Places with(long sequence, long block, long eventBytes) {
        if (size > 0 && blocks[size - 1] == block) {
            return new Places(sequences, blocks, size, sequence, bytes + eventBytes);
        }
        boolean isFull = size == sequences.length;
        long[] sequencesNow = isFull ? Arrays.copyOf(sequences, Math.max(FIRST_ROOM, 2 * size)) : sequences;
        long[] blocksNow = isFull ? Arrays.copyOf(blocks, Math.max(FIRST_ROOM, 2 * size)) : blocks;
        sequencesNow[size] = sequence;
        blocksNow[size] = block;
        return new Places(sequencesNow, blocksNow, size + 1, sequence, bytes + eventBytes);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The sequence number of the first event. */
    long first() {
        return sequences[0];
    }

    /** The sequence number of the last event; 0 without events. */
    long last() {
        return last;
    }

    /** The approximate size of the events in bytes. */
    long bytes() {
        return bytes;
    }

    /** The sequence number of the stream's first event in the block. */
    long sequence(int place) {
        return sequences[place];
    }

    /** The block's first ordinal. */
    long block(int place) {
        return blocks[place];
    }

    /** The place whose block holds an event, or would hold it; 0 when all places are after it. */
    int find(long sequence) {
        int found = Arrays.binarySearch(sequences, 0, size, sequence);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** These places without the events before a sequence number. */
    Places from(long sequence) {
        if (sequence > last) {
            return NONE;
        }
        int start = find(sequence);
        long[] left = Arrays.copyOfRange(sequences, start, size);
        left[0] = Math.max(left[0], sequence);
        return new Places(
                left, Arrays.copyOfRange(blocks, start, size), size - start, last, bytes * left.length / size);
    }

    Places withoutFirst() {
        return size == 1
                ? NONE
                : new Places(
                        Arrays.copyOfRange(sequences, 1, size),
                        Arrays.copyOfRange(blocks, 1, size),
                        size - 1,
                        last,
                        bytes * (size - 1) / size);
    }

    /** The stored form: the bytes, then for each place the differences of number and block to the last place, as varints. */
    Entry entry(int stream) {
        ByteBuffer value = JournalTable.value(2 * Varints.MOST_BYTES * (size + 1));
        Varints.write(value, bytes);
        long sequence = 0;
        long block = 0;
        for (int i = 0; i < size; i++) {
            Varints.write(value, sequences[i] - sequence);
            Varints.write(value, blocks[i] - block);
            sequence = sequences[i];
            block = blocks[i];
        }
        return JournalTable.seal(JournalTable.placesKey(stream, last), value);
    }

    static Places of(Entry entry) throws StoreDamagedException {
        long last = JournalTable.lastSequence(entry.key());
        ByteBuffer value = JournalTable.sound(entry, () -> "the index of a stream up to its event %,d".formatted(last));
        long bytes = Varints.read(value);
        Places places = NONE;
        long sequence = 0;
        long block = 0;
        while (value.hasRemaining()) {
            sequence += Varints.read(value);
            block += Varints.read(value);
            places = places.with(sequence, block, 0);
        }
        return new Places(places.sequences, places.blocks, places.size, last, bytes);
    }
}
