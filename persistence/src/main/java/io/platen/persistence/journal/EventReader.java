package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.JournalStore.Piece;
import io.platen.persistence.journal.Streams.Extent;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads durable events, of one stream or in the order of storing. Blocks. */
final class EventReader {
    static final int EVENTS_AT_ONCE = 500;
    private static final int BLOCKS_AT_ONCE = 64;
    private static final long BYTES_AT_ONCE = 1024 * 1024;

    private final Database database;
    private final StreamIndex index;
    private final Supplier<Streams> streams;

    EventReader(Database database, StreamIndex index, Supplier<Streams> streams) {
        this.database = database;
        this.index = index;
        this.streams = streams;
    }

    /** The next events of a stream, both bounds included. At least one if there is any. */
    List<StoredEvent> read(String persistenceId, long from, long to, int most) throws IOException {
        Stream stream = streams.get().find(persistenceId);
        if (stream == null) {
            return List.of();
        }
        // Read before the index, because events move from here to the index: each is then found in at least one of
        // them.
        Extent extent = stream.durable();
        Places newest = extent.newest();
        var reading =
                new BlockReading(stream, Math.max(from, extent.deletedTo() + 1), Math.min(to, extent.highest()), most);
        if (newest.isEmpty() || reading.next < newest.first()) {
            for (Places part = index.from(stream.number(), reading.next);
                    part != null && !reading.isDone();
                    part = index.from(stream.number(), part.last() + 1)) {
                reading.take(part);
            }
        }
        reading.take(newest);
        return reading.events;
    }

    /** A part of a stream while it is being read. */
    private final class BlockReading {
        final Stream stream;
        final List<StoredEvent> events = new ArrayList<>();
        private final long last;
        private final int most;
        private long next;
        private long lastBlock;
        private long bytes;

        BlockReading(Stream stream, long first, long last, int most) {
            this.stream = stream;
            this.next = first;
            this.last = last;
            this.most = most;
        }

        boolean isDone() {
            return next > last || events.size() >= most || bytes >= BYTES_AT_ONCE;
        }

        void take(Places places) throws IOException {
            for (int place = places.find(next); place < places.size() && !isDone(); place++) {
                if (places.block(place) > lastBlock) {
                    take(places.block(place), places.sequence(place));
                }
            }
        }

        private void take(long firstOrdinal, long firstSequence) throws IOException {
            byte[] key = JournalTable.blockKey(firstOrdinal);
            byte[] value = database.get(key);
            lastBlock = firstOrdinal;
            if (value == null) {
                // If the event was not deleted in the meantime, it is lost.
                if (firstSequence > stream.durable().deletedTo()) {
                    throw new StoreDamagedException(
                            "Event %,d of %s is missing in the journal".formatted(firstSequence, stream.id()));
                }
                return;
            }
            EventBlock block = EventBlock.of(new Entry(key, value));
            while (block.next() && !isDone()) {
                if (block.stream() == stream.number() && block.sequence() >= next && block.sequence() <= last) {
                    events.add(new StoredEvent(stream.id(), block.sequence(), block.event()));
                    bytes += block.length();
                    next = block.sequence() + 1;
                }
            }
        }
    }

    /** One piece of the events after {@code ordinal} up to {@code end}, in the order of storing. */
    Piece readAfter(long ordinal, long end) throws IOException {
        if (ordinal >= end) {
            return new Piece(List.of(), ordinal);
        }
        var events = new ArrayList<StoredEvent>();
        long through = ordinal;
        for (Entry entry : blocksAfter(ordinal, end)) {
            EventBlock block = EventBlock.of(entry);
            while (block.next() && block.ordinal() <= end) {
                Stream stream = streams.get().get(block.stream());
                if (block.ordinal() > ordinal
                        && block.sequence() > stream.durable().deletedTo()) {
                    events.add(new StoredEvent(stream.id(), block.sequence(), block.event()));
                }
            }
            through = Math.max(through, Math.min(block.through(), end));
            if (events.size() >= EVENTS_AT_ONCE) {
                break;
            }
        }
        if (through == ordinal) {
            throw new StoreDamagedException(
                    "In the journal, no block has the event of ordinal %,d".formatted(ordinal + 1));
        }
        return new Piece(events, through);
    }

    private List<Entry> blocksAfter(long ordinal, long end) throws IOException {
        // The block that holds the next ordinal may begin before it.
        Entry before = database.last(JournalTable.BLOCK.start(), JournalTable.blockKey(ordinal + 2));
        boolean hasIt = before != null && EventBlock.of(before).through() > ordinal;
        byte[] from = before != null && hasIt ? before.key() : JournalTable.blockKey(ordinal + 1);
        return database.read(from, JournalTable.blockKey(end + 1), BLOCKS_AT_ONCE, BYTES_AT_ONCE);
    }
}
