package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import io.platen.persistence.leveldb.Keys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** All event streams. Changed by the writing thread only, read by any. */
final class Streams {
    private static final int READ_AT_ONCE = 10_000;

    private final ConcurrentMap<String, Stream> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Stream> byNumber = new ConcurrentHashMap<>();

    /** A stream. Its id and number never change. */
    static final class Stream {
        private final String id;
        private final int number;
        private volatile Extent durable;
        private Extent written;
        private boolean changed;

        Stream(String id, int number, Extent extent) {
            this.id = id;
            this.number = number;
            this.durable = extent;
            this.written = extent;
        }

        String id() {
            return id;
        }

        /** Stands for the id in keys. */
        int number() {
            return number;
        }

        /** The durable part of the stream. */
        Extent durable() {
            return durable;
        }

        /** The stream with what the current group adds. For the writing thread only. */
        Extent written() {
            return written;
        }

        /** Notes what the current group adds. True for the group's first change. For the writing thread only. */
        boolean write(Extent extent) {
            boolean isFirst = !changed;
            changed = true;
            written = extent;
            return isFirst;
        }

        /** The group is durable. For the writing thread only. */
        void committed() {
            durable = written;
            changed = false;
        }

        /** The group was not written. For the writing thread only. */
        void refused() {
            written = durable;
            changed = false;
        }
    }

    /**
     * How far a stream goes.
     *
     * @param deletedTo events up to this sequence number were deleted
     * @param highest sequence number of the last event that the stream ever had
     * @param newest the places of the events that are not in the index yet
     */
    record Extent(long deletedTo, long highest, Places newest) {

        /** The extent of a stream without events. */
        static Extent empty(long deletedTo) {
            return new Extent(deletedTo, deletedTo, Places.NONE);
        }

        Extent with(long sequence, long block, long eventBytes) {
            // When a stream's last events were deleted, a block that is read may still hold older ones.
            return new Extent(deletedTo, Math.max(highest, sequence), newest.with(sequence, block, eventBytes));
        }

        Extent withDeleted(long to) {
            return new Extent(to, Math.max(highest, to), newest);
        }

        Extent indexed() {
            return new Extent(deletedTo, highest, Places.NONE);
        }
    }

    /** Reads all streams as far as their events are in the index. */
    static Streams read(Database database, StreamIndex index) throws IOException {
        var streams = new Streams();
        byte[] from = JournalTable.STREAM.start();
        while (true) {
            List<Entry> entries = database.read(from, JournalTable.STREAM.end(), READ_AT_ONCE, Long.MAX_VALUE);
            for (Entry entry : entries) {
                streams.add(stream(database, index, entry));
            }
            if (entries.size() < READ_AT_ONCE) {
                return streams;
            }
            from = Keys.after(entries.get(entries.size() - 1).key());
        }
    }

    private static Stream stream(Database database, StreamIndex index, Entry entry) throws IOException {
        String id = JournalTable.persistenceId(entry.key());
        int number =
                JournalTable.sound(entry, () -> "the number of stream " + id).getInt();
        byte[] deletedKey = JournalTable.deletedKey(number);
        byte[] deleted = database.get(deletedKey);
        long deletedTo = 0;
        long highest = 0;
        if (deleted != null) {
            ByteBuffer bounds = JournalTable.sound(new Entry(deletedKey, deleted), () -> "the bounds of stream " + id);
            deletedTo = bounds.getLong();
            highest = bounds.getLong();
        }
        return new Stream(id, number, new Extent(deletedTo, Math.max(highest, index.last(number)), Places.NONE));
    }

    @Nullable
    Stream find(String id) {
        return byId.get(id);
    }

    /**
     * The stream with this number.
     *
     * @throws StoreDamagedException when there is none
     */
    Stream get(int number) throws StoreDamagedException {
        Stream stream = byNumber.get(number);
        if (stream == null) {
            throw new StoreDamagedException("In the journal, stream number %d has no name".formatted(number));
        }
        return stream;
    }

    Collection<Stream> all() {
        return byId.values();
    }

    /** The number of the next new stream. */
    int nextNumber() {
        return 1 + byNumber.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    void add(Stream stream) {
        byId.put(stream.id(), stream);
        byNumber.put(stream.number(), stream);
    }

    /** Called after all newest events were added to the index, and between two groups. */
    void allIndexed() {
        for (Stream stream : byId.values()) {
            if (!stream.durable().newest().isEmpty()) {
                stream.write(stream.durable().indexed());
                stream.committed();
            }
        }
    }
}
