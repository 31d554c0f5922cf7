package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.Streams.Extent;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks every entry of a journal that nobody writes, in the order of storing: checksums, growing ordinals, sequence numbers
 * without gaps, and whether index and events agree.
 */
final class JournalAudit {
    private static final int BLOCKS_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;
    private static final int MOST_FINDINGS = 1_000;

    private final Database database;
    private final StreamIndex index;
    private final Streams streams;
    private final long lastOrdinal;
    private final List<String> findings = new ArrayList<>();
    private final Map<Integer, AuditProgress> progress = new HashMap<>();
    private long events;
    private long ordinal;

    JournalAudit(Database database, StreamIndex index, Streams streams, long lastOrdinal) {
        this.database = database;
        this.index = index;
        this.streams = streams;
        this.lastOrdinal = lastOrdinal;
    }

    List<String> run(LongConsumer eventsSeen) throws IOException {
        for (Stream stream : streams.all()) {
            progress.put(stream.number(), new AuditProgress(stream));
        }
        long next = 0;
        while (next <= lastOrdinal) {
            List<Entry> entries = database.read(
                    JournalTable.blockKey(next), JournalTable.blockKey(lastOrdinal + 1), BLOCKS_AT_ONCE, BYTES_AT_ONCE);
            if (entries.isEmpty()) {
                break;
            }
            for (Entry entry : entries) {
                audit(entry);
            }
            eventsSeen.accept(events);
            next = JournalTable.firstOrdinal(entries.get(entries.size() - 1).key()) + 1;
        }
        for (AuditProgress stream : progress.values()) {
            stream.end();
        }
        return findings;
    }

    private void audit(Entry entry) throws IOException {
        EventBlock block;
        try {
            block = EventBlock.of(entry);
        } catch (StoreDamagedException e) {
            find(String.valueOf(e.getMessage()));
            return;
        }
        if (block.first() <= ordinal) {
            find("The block of ordinal %,d and the one before it overlap".formatted(block.first()));
        }
        ordinal = block.first() - 1;
        while (block.next()) {
            events++;
            if (block.ordinal() <= ordinal || block.ordinal() > block.through()) {
                find("Ordinal %,d is out of order in the block from %,d to %,d"
                        .formatted(block.ordinal(), block.first(), block.through()));
            }
            ordinal = block.ordinal();
            AuditProgress stream = progress.get(block.stream());
            if (stream == null) {
                find("Ordinal %,d is of stream number %d, which has no name"
                        .formatted(block.ordinal(), block.stream()));
            } else {
                stream.see(block);
            }
            try {
                block.event();
            } catch (StoreDamagedException e) {
                find(String.valueOf(e.getMessage()));
            }
        }
        ordinal = block.through();
    }

    /** How far a stream has been checked, in the events and in the index. */
    private final class AuditProgress {
        private final Stream stream;
        private final Extent extent;
        private long expected;
        private long lastBlock;
        private @Nullable Places places;
        private int place;
        private boolean newest;

        AuditProgress(Stream stream) {
            this.stream = stream;
            this.extent = stream.durable();
            this.expected = extent.deletedTo() + 1;
        }

        void see(EventBlock block) throws IOException {
            if (block.sequence() <= extent.deletedTo()) {
                return;
            }
            if (block.sequence() > expected) {
                find("%s: events %,d to %,d are missing".formatted(stream.id(), expected, block.sequence() - 1));
            } else if (block.sequence() < expected) {
                find("%s: event %,d of ordinal %,d is there twice"
                        .formatted(stream.id(), block.sequence(), block.ordinal()));
            }
            expected = block.sequence() + 1;
            if (block.first() != lastBlock) {
                lastBlock = block.first();
                seeInIndex(block.first(), block.sequence());
            }
        }

        private void seeInIndex(long block, long sequence) throws IOException {
            while (toPlace() && blockOfPlace() < block) {
                requireDeleted();
                place++;
            }
            if (!toPlace() || blockOfPlace() != block || sequenceOfPlace() > sequence) {
                find("%s: event %,d, in the block from ordinal %,d on, is not in the index"
                        .formatted(stream.id(), sequence, block));
            } else {
                place++;
            }
        }

        /** Moves to the next part of the index when the current one is used up. False at the end of the index. */
        private boolean toPlace() throws IOException {
            while (places == null || place >= places.size()) {
                if (newest) {
                    return false;
                }
                Places next = index.from(stream.number(), places == null ? 0 : places.last() + 1);
                newest = next == null;
                places = next == null ? extent.newest() : next;
                place = 0;
            }
            return true;
        }

        private long blockOfPlace() {
            return places == null ? 0 : places.block(place);
        }

        private long sequenceOfPlace() {
            return places == null ? 0 : places.sequence(place);
        }

        /** Reports a place of the index where the stream has no event, unless the event was deleted. */
        private void requireDeleted() {
            if (places != null && places.sequence(place) > extent.deletedTo()) {
                find("%s: the index has event %,d in the block from ordinal %,d on, where it is not"
                        .formatted(stream.id(), places.sequence(place), places.block(place)));
            }
        }

        void end() throws IOException {
            if (expected <= extent.highest()) {
                find("%s: events %,d to %,d are missing".formatted(stream.id(), expected, extent.highest()));
            }
            while (toPlace()) {
                requireDeleted();
                place++;
            }
        }
    }

    private void find(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(what);
        } else if (findings.size() == MOST_FINDINGS) {
            findings.add("More problems were found; they are not listed");
        }
    }
}
