package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.leveldb.Database.Entry;
import io.platen.persistence.leveldb.Varints;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The blocks that hold a part of a stream, in order, each with the number of the stream's first event in it.
 *
 * <p>Immutable, but made for growing at its end: {@link #with} shares the arrays, and writes only where no older one
 * looks. One thread may do that, any may read.
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

    /** These, and one event more behind them. */
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

    /** The number of the first event that it knows. */
    long first() {
        return sequences[0];
    }

    /** The number of the last event that it knows; 0 when it knows none. */
    long last() {
        return last;
    }

    /** About how many bytes the events take. */
    long bytes() {
        return bytes;
    }

    /** The number of the first event of the stream that is in a block. */
    long sequence(int place) {
        return sequences[place];
    }

    /** The block's first ordinal. */
    long block(int place) {
        return blocks[place];
    }

    /** The place of an event, or of the last before it; 0 when all are behind it. */
    int find(long sequence) {
        int found = Arrays.binarySearch(sequences, 0, size, sequence);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** What is left of it without the events before a number. */
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

    /** What is left of it without its first place. */
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

    /** As it is stored: the bytes, then the numbers and the blocks as differences from place to place, all as varints. */
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

    /** Reads them. */
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
