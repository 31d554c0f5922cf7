package io.platen.persistence.journal;

import io.platen.persistence.journal.Database.Entry;
import io.platen.persistence.journal.Streams.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Gives the space of deleted events back. They lie in blocks with events of other streams: a block is written anew
 * without the deleted ones, or deleted when none is left.
 *
 * <p>The index says which blocks these are, and is cut last: what is broken off is done by the next one.
 */
final class JournalCompaction {
    private static final int BLOCKS_AT_ONCE = 50_000;
    private static final int PARTS_AT_ONCE = 100;
    private static final long BYTES_AT_ONCE = 1024 * 1024;

    private final Database database;
    private final StreamIndex index;
    private final Streams streams;
    private final long lastOrdinal;
    private final Writer writer;

    /** Blocks that may hold deleted events, by their first ordinals. */
    private final SortedSet<Long> blocks = new TreeSet<>();

    private final List<Cut> cuts = new ArrayList<>();
    private long firstChanged = Long.MAX_VALUE;
    private long lastChanged;

    /** What is to be taken out of the index. */
    private record Cut(Stream stream, long kept, List<Places> parts) {}

    /** Changes blocks, durably. */
    interface Writer {
        void write(List<Entry> rewritten, List<byte[]> gone) throws IOException;
    }

    /** Prepares it, for a journal whose events are all in the index up to now. */
    JournalCompaction(Database database, StreamIndex index, Streams streams, long lastOrdinal, Writer writer) {
        this.database = database;
        this.index = index;
        this.streams = streams;
        this.lastOrdinal = lastOrdinal;
        this.writer = writer;
    }

    /** Blocks, up to seconds for each gigabyte between the first deleted event and the last. */
    void run() throws IOException {
        for (Stream stream : streams.all()) {
            long kept = stream.durable().deletedTo() + 1;
            List<Places> parts = index.parts(stream.number(), 0, kept, PARTS_AT_ONCE);
            while (!parts.isEmpty()) {
                note(stream, kept, parts);
                if (blocks.size() >= BLOCKS_AT_ONCE) {
                    rewriteNoted();
                }
                long next = parts.get(parts.size() - 1).first() + 1;
                parts = index.parts(stream.number(), next, kept, PARTS_AT_ONCE);
            }
        }
        rewriteNoted();
        if (lastChanged > 0) {
            database.compact(Table.blockKey(firstChanged), Table.blockKey(lastChanged + 1));
            index.compact();
        }
    }

    private void note(Stream stream, long kept, List<Places> parts) {
        for (Places part : parts) {
            for (int place = 0; place < part.size() && part.sequence(place) < kept; place++) {
                blocks.add(part.block(place));
            }
        }
        cuts.add(new Cut(stream, kept, parts));
    }

    private void rewriteNoted() throws IOException {
        var rewritten = new ArrayList<Entry>();
        var gone = new ArrayList<byte[]>();
        long bytes = 0;
        for (long first : blocks) {
            byte[] key = Table.blockKey(first);
            byte[] value = database.get(key);
            if (value == null) {
                continue;
            }
            var old = new Entry(key, value);
            var left = new EventBlock.Builder(first);
            if (keep(old, left)) {
                rewritten.add(left.build());
            } else {
                gone.add(key);
            }
            firstChanged = Math.min(firstChanged, first);
            lastChanged = Math.max(lastChanged, first);
            bytes += value.length;
            if (bytes >= BYTES_AT_ONCE) {
                writer.write(rewritten, gone);
                rewritten.clear();
                gone.clear();
                bytes = 0;
            }
        }
        writer.write(rewritten, gone);
        for (Cut cut : cuts) {
            index.cut(cut.stream().number(), cut.parts(), cut.kept());
        }
        blocks.clear();
        cuts.clear();
    }

    /** Copies what was not deleted; whether the block is still needed. */
    private boolean keep(Entry old, EventBlock.Builder left) throws IOException {
        EventBlock block = EventBlock.of(old);
        // The last one stays, if only empty: it says where to go on counting.
        boolean needed = block.through() >= lastOrdinal;
        while (block.next()) {
            if (block.sequence() > streams.get(block.stream()).durable().deletedTo()) {
                left.add(block.ordinal(), block.stream(), block.sequence(), block.record());
                needed = true;
            }
        }
        left.through(block.through());
        return needed;
    }
}
