package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.Database.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The event streams that there are. Changed by the writing thread only; read by all. */
final class Streams {
    private static final int READ_AT_ONCE = 10_000;

    private final ConcurrentMap<String, Stream> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, String> ids = new ConcurrentHashMap<>();

    /**
     * A stream as far as it is durable.
     *
     * @param number stands for the id in the keys
     * @param deletedTo events up to here were deleted
     * @param highest sequence number of the last event that ever was
     * @param newest where its events are that are not in the index yet
     */
    record Stream(String id, int number, long deletedTo, long highest, Places newest) {

        /** One without events. */
        static Stream of(String id, int number, long deletedTo) {
            return new Stream(id, number, deletedTo, deletedTo, Places.NONE);
        }

        Stream with(long sequence, long block, long eventBytes) {
            return new Stream(id, number, deletedTo, sequence, newest.with(sequence, block, eventBytes));
        }

        Stream deletedTo(long sequence) {
            return new Stream(id, number, sequence, Math.max(highest, sequence), newest);
        }

        Stream indexed() {
            return new Stream(id, number, deletedTo, highest, Places.NONE);
        }
    }

    /** Reads them all, as far as their events are in the index. */
    static Streams read(Database database, StreamIndex index) throws IOException {
        var streams = new Streams();
        byte[] from = Table.STREAM.start();
        while (true) {
            List<Entry> entries = database.read(from, Table.STREAM.end(), READ_AT_ONCE, Long.MAX_VALUE);
            for (Entry entry : entries) {
                streams.put(stream(database, index, entry));
            }
            if (entries.size() < READ_AT_ONCE) {
                return streams;
            }
            from = Keys.after(entries.get(entries.size() - 1).key());
        }
    }

    private static Stream stream(Database database, StreamIndex index, Entry entry) throws IOException {
        String id = Table.persistenceId(entry.key());
        int number = Keys.sound(entry, "the number of stream " + id).getInt();
        byte[] deletedKey = Table.deletedKey(number);
        byte[] deleted = database.get(deletedKey);
        long deletedTo = 0;
        long highest = 0;
        if (deleted != null) {
            ByteBuffer bounds = Keys.sound(new Entry(deletedKey, deleted), "the bounds of stream " + id);
            deletedTo = bounds.getLong();
            highest = bounds.getLong();
        }
        return new Stream(id, number, deletedTo, Math.max(highest, index.last(number)), Places.NONE);
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
        String id = ids.get(number);
        Stream stream = id == null ? null : byId.get(id);
        if (stream == null) {
            throw new StoreDamagedException("In the journal, stream number %d has no name".formatted(number));
        }
        return stream;
    }

    Collection<Stream> all() {
        return byId.values();
    }

    /** A number that no stream has. */
    int nextNumber() {
        return 1 + ids.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    void put(Stream stream) {
        if (byId.put(stream.id(), stream) == null) {
            ids.put(stream.number(), stream.id());
        }
    }

    /** After all its newest events were written to the index. */
    void allIndexed() {
        byId.replaceAll((id, stream) -> stream.newest().isEmpty() ? stream : stream.indexed());
    }
}
