package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.StreamIndex.Cut;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the space of deleted events back. Deleted events share blocks with events of other streams: a block is rewritten
 * without the deleted events, or deleted when no event is left.
 *
 * <p>The index says which blocks these are. It is cut last, so the next compaction completes one that was broken off. A damaged
 * block stays as it is, and stays in the index.
 */
final class JournalCompaction {
    private static final Logger log = LoggerFactory.getLogger(JournalCompaction.class);
    private static final int BLOCKS_AT_ONCE = 50_000;
    private static final int PARTS_AT_ONCE = 100;
    private static final int CUTS_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 1024 * 1024;

    private final Database database;
    private final StreamIndex index;
    private final int generation;
    private final Streams streams;
    private final long lastOrdinal;
    private final Writer writer;

    /** The first sequence number that is kept, for each stream with deleted events when the compaction began. */
    private final Map<Stream, Long> keptFrom = new HashMap<>();

    /** The first ordinals of blocks that may hold deleted events. */
    private final SortedSet<Long> blocks = new TreeSet<>();

    private final SortedSet<Long> damaged = new TreeSet<>();
    private long firstBlock = Long.MAX_VALUE;
    private long lastBlock;

    /** Makes changes of blocks durable. */
    interface Writer {
        void write(List<Entry> rewritten, List<byte[]> gone) throws IOException;
    }

    /** Called for each part of a stream's index that has deleted events. */
    private interface Visit {
        void part(Stream stream, long kept, Places part) throws IOException;
    }

    /** All events of the journal must be in the index. */
    JournalCompaction(Database database, StreamIndex index, Streams streams, long lastOrdinal, Writer writer) {
        this.database = database;
        this.index = index;
        this.generation = index.generation();
        this.streams = streams;
        this.lastOrdinal = lastOrdinal;
        this.writer = writer;
        for (Stream stream : streams.all()) {
            long deletedTo = stream.durable().deletedTo();
            if (deletedTo > 0) {
                keptFrom.put(stream, deletedTo + 1);
            }
        }
    }

    /** Blocks, for up to seconds per gigabyte between the first and the last deleted event. */
    void run() throws IOException {
        visit((stream, kept, part) -> {
            for (int place = 0; place < part.size() && part.sequence(place) < kept; place++) {
                blocks.add(part.block(place));
            }
            if (blocks.size() >= BLOCKS_AT_ONCE) {
                rewriteNoted();
            }
        });
        rewriteNoted();
        if (lastBlock == 0) {
            return;
        }
        database.compact(JournalTable.blockKey(firstBlock), JournalTable.blockKey(lastBlock + 1));
        cutIndex();
        index.compact();
    }

    private void visit(Visit visit) throws IOException {
        for (Map.Entry<Stream, Long> each : keptFrom.entrySet()) {
            Stream stream = each.getKey();
            long kept = each.getValue();
            List<Places> parts = index.parts(stream.number(), 0, PARTS_AT_ONCE);
            while (!parts.isEmpty() && parts.get(0).first() < kept) {
                for (Places part : parts) {
                    if (part.first() < kept) {
                        visit.part(stream, kept, part);
                    }
                }
                long next = parts.get(parts.size() - 1).last() + 1;
                parts = index.parts(stream.number(), next, PARTS_AT_ONCE);
            }
        }
    }

    private void rewriteNoted() throws IOException {
        var rewritten = new ArrayList<Entry>();
        var gone = new ArrayList<byte[]>();
        long bytes = 0;
        for (long first : blocks) {
            firstBlock = Math.min(firstBlock, first);
            lastBlock = Math.max(lastBlock, first);
            byte[] key = JournalTable.blockKey(first);
            byte[] value = database.get(key);
            if (value == null) {
                continue;
            }
            try {
                bytes += rewrite(new Entry(key, value), rewritten, gone);
            } catch (StoreDamagedException e) {
                log.warn("A damaged block keeps its deleted events: {}", e.getMessage());
                damaged.add(first);
            }
            if (bytes >= BYTES_AT_ONCE) {
                writer.write(rewritten, gone);
                rewritten.clear();
                gone.clear();
                bytes = 0;
            }
        }
        writer.write(rewritten, gone);
        blocks.clear();
    }

    /** Copies the events that are kept. Returns the size of the old block when it changes, else 0. */
    private long rewrite(Entry old, List<Entry> rewritten, List<byte[]> gone) throws IOException {
        EventBlock block = EventBlock.of(old);
        var left = new EventBlock.Builder(block.first());
        // The last block stays even when it is empty: it says where ordinals continue.
        boolean needed = block.through() >= lastOrdinal;
        boolean changed = false;
        while (block.next()) {
            if (block.sequence() > streams.get(block.stream()).durable().deletedTo()) {
                left.add(block.ordinal(), block.stream(), block.sequence(), block.record());
                needed = true;
            } else {
                changed = true;
            }
        }
        left.through(block.through());
        if (!needed) {
            gone.add(old.key());
        } else if (changed) {
            rewritten.add(left.build());
        }
        return !needed || changed ? old.value().length : 0;
    }

    private void cutIndex() throws IOException {
        var cuts = new ArrayList<Cut>();
        visit((stream, kept, part) -> {
            if (!hasDamaged(part, kept)) {
                cuts.add(new Cut(stream.number(), part, left(stream, kept, part)));
            }
            if (cuts.size() >= CUTS_AT_ONCE) {
                index.cut(cuts, generation);
                cuts.clear();
            }
        });
        index.cut(cuts, generation);
    }

    private boolean hasDamaged(Places part, long kept) {
        for (int place = 0; place < part.size() && part.sequence(place) < kept; place++) {
            if (damaged.contains(part.block(place))) {
                return true;
            }
        }
        return false;
    }

    private Places left(Stream stream, long kept, Places part) throws IOException {
        Places left = part.from(kept);
        boolean mayBeginLater = !left.isEmpty() && part.sequence(part.find(kept)) < kept;
        return mayBeginLater && !isIn(stream, left.block(0), kept) ? left.withoutFirst() : left;
    }

    /** Whether a block has an event of a stream with at least this number. It has none when the numbers have a gap there. */
    private boolean isIn(Stream stream, long firstOrdinal, long kept) throws IOException {
        byte[] key = JournalTable.blockKey(firstOrdinal);
        byte[] value = database.get(key);
        if (value == null) {
            return false;
        }
        EventBlock block = EventBlock.of(new Entry(key, value));
        while (block.next()) {
            if (block.stream() == stream.number() && block.sequence() >= kept) {
                return true;
            }
        }
        return false;
    }
}
