package io.platen.persistence.journal;

import akka.Done;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.commit.GroupCommit;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The journal's files as the writing thread uses them: opens them, makes groups durable, and knows what is durable.
 *
 * <p>Methods for readers may be called from any thread.
 */
final class JournalWriting implements GroupCommit.Store<JournalGroup> {
    /** How many of the newest events have their places in memory only. The next start reads these events again. */
    private static final int NEWEST = 64 * 1024;

    private static final int BLOCKS_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;

    private final Database database;
    private final StreamIndex index;
    private final FreeSpace space;

    /** Used by the writing thread only. */
    private int nextStream;

    private volatile Streams streams;
    private volatile long lastOrdinal;
    private volatile boolean indexWanted;
    private volatile CompletableFuture<Done> committed = new CompletableFuture<>();

    /**
     * Reads the files.
     *
     * @throws StoreDamagedException when they differ from what was written
     */
    JournalWriting(Database database, StreamIndex index, FreeSpace space) throws IOException {
        this.database = database;
        this.index = index;
        this.space = space;
        Loaded loaded = load();
        this.streams = loaded.streams();
        use(loaded);
    }

    private record Loaded(Streams streams, long lastOrdinal) {}

    private Loaded load() throws IOException {
        Entry last = database.last(JournalTable.BLOCK.start(), JournalTable.BLOCK.end());
        long end = last == null ? 0 : EventBlock.of(last).through();
        if (end < index.through()) {
            throw new StoreDamagedException(
                    "The journal has lost its last %,d events: its index knows %,d, and %,d are there"
                            .formatted(index.through() - end, index.through(), end));
        }
        try {
            return new Loaded(readStreams(end), end);
        } catch (StoreDamagedException e) {
            // If the events are damaged and not the index, the second read finds it again.
            index.makeAnew(e);
            return new Loaded(readStreams(end), end);
        }
    }

    /** Reads the streams, and adds the events that the index lacks. */
    private Streams readStreams(long end) throws IOException {
        Streams read = Streams.read(database, index);
        long seen = index.through();
        while (seen < end) {
            List<Entry> entries = database.read(
                    JournalTable.blockKey(seen + 1), JournalTable.BLOCK.end(), BLOCKS_AT_ONCE, BYTES_AT_ONCE);
            if (entries.isEmpty()) {
                throw new StoreDamagedException(
                        "In the journal, no block has the event of ordinal %,d".formatted(seen + 1));
            }
            for (Entry entry : entries) {
                EventBlock block = EventBlock.of(entry);
                while (block.next()) {
                    Stream stream = read.get(block.stream());
                    stream.write(stream.written().with(block.sequence(), block.first(), block.length()));
                    stream.committed();
                }
                seen = block.through();
            }
            if (seen - index.through() >= NEWEST && space.allowsEventsNow()) {
                index.add(read.all(), seen);
                read.allIndexed();
            }
        }
        return read;
    }

    private void use(Loaded loaded) {
        streams = loaded.streams();
        index.whole();
        nextStream = streams.nextNumber();
        lastOrdinal = loaded.lastOrdinal();
    }

    @Override
    public JournalGroup begin() throws IOException {
        if (indexWanted || lastOrdinal - index.through() >= NEWEST) {
            indexNewest();
        }
        return new JournalGroup(database.begin(), streams, lastOrdinal, nextStream);
    }

    @Override
    public void commit(JournalGroup group) throws IOException {
        try (Database.Group puts = group.complete()) {
            if (puts.isEmpty()) {
                return;
            }
            try {
                requireSpace();
            } catch (StoreFullException e) {
                group.refused();
                throw e;
            }
            database.write(puts);
        }
        group.committed();
        nextStream = group.nextStream();
        if (group.last() > lastOrdinal) {
            lastOrdinal = group.last();
            tellReaders();
        }
    }

    /**
     * Opens the files again.
     *
     * @throws StoreDamagedException each time, as long as acknowledged events are missing
     */
    @Override
    public void reopen() throws IOException {
        database.reopen();
        index.reopen();
        Loaded found = load();
        if (found.lastOrdinal() < lastOrdinal) {
            throw new StoreDamagedException(
                    "The journal has lost its last %,d events: %,d were acknowledged, %,d are there"
                            .formatted(lastOrdinal - found.lastOrdinal(), lastOrdinal, found.lastOrdinal()));
        }
        use(found);
        // A group whose sync failed may have been written nevertheless.
        tellReaders();
    }

    private void tellReaders() {
        CompletableFuture<Done> waiting = committed;
        committed = new CompletableFuture<>();
        waiting.complete(Done.getInstance());
    }

    void requireSpace() throws StoreFullException {
        if (!space.allowsEventsNow()) {
            throw new StoreFullException("The disk is too full for the journal to be written safely");
        }
    }

    /** Makes the next group begin with indexing the newest events. */
    void wantIndex() {
        indexWanted = true;
    }

    /** Adds the newest events to the index, if the disk has room. Called on the writing thread, or after it has ended. */
    void indexNewest() throws IOException {
        if (space.allowsEventsNow()) {
            index.add(streams.all(), lastOrdinal);
            streams.allIndexed();
            indexWanted = false;
        }
    }

    Streams streams() {
        return streams;
    }

    /** The ordinal of the last durable event; 0 when there is none. */
    long lastOrdinal() {
        return lastOrdinal;
    }

    /** Completes on the writing thread when an event after this ordinal is durable. */
    CompletionStage<Done> after(long ordinal) {
        CompletableFuture<Done> next = committed;
        return lastOrdinal > ordinal ? CompletableFuture.completedFuture(Done.getInstance()) : next;
    }
}
