package io.platen.persistence.journal;

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
    private final ConcurrentMap<Integer, Stream> byNumber = new ConcurrentHashMap<>();

    /**
     * A stream as far as it is durable.
     *
     * @param number stands for the id in the keys
     * @param deletedTo events up to here were deleted
     * @param highest sequence number of the last event that ever was
     */
    record Stream(String id, int number, long deletedTo, long highest) {
        Stream at(long newHighest) {
            return new Stream(id, number, deletedTo, newHighest);
        }

        Stream deletedTo(long sequence) {
            return new Stream(id, number, sequence, Math.max(highest, sequence));
        }
    }

    /** Reads them all. */
    static Streams read(Database database) throws IOException {
        var streams = new Streams();
        byte[] from = Table.STREAM.start();
        while (true) {
            List<Database.Entry> entries = database.read(from, Table.STREAM.end(), READ_AT_ONCE, Long.MAX_VALUE);
            for (Database.Entry entry : entries) {
                streams.put(stream(database, entry));
            }
            if (entries.size() < READ_AT_ONCE) {
                return streams;
            }
            from = Keys.after(entries.get(entries.size() - 1).key());
        }
    }

    private static Stream stream(Database database, Database.Entry entry) throws IOException {
        String id = Table.persistenceId(entry.key());
        int number = Keys.sound(entry, "the number of stream " + id).getInt();
        byte[] deletedKey = Table.deletedKey(number);
        byte[] deleted = database.get(deletedKey);
        long deletedTo = 0;
        long highest = 0;
        if (deleted != null) {
            ByteBuffer bounds = Keys.sound(new Database.Entry(deletedKey, deleted), "the bounds of stream " + id);
            deletedTo = bounds.getLong();
            highest = bounds.getLong();
        }
        Database.Entry last = database.last(Table.eventKey(number, 0), Table.eventKey(number, Long.MAX_VALUE));
        return new Stream(id, number, deletedTo, last == null ? highest : Table.sequenceOf(last.key()));
    }

    @Nullable
    Stream find(String id) {
        return byId.get(id);
    }

    @Nullable
    Stream find(int number) {
        return byNumber.get(number);
    }

    Collection<Stream> all() {
        return byId.values();
    }

    /** A number that no stream has. */
    int nextNumber() {
        return 1 + byNumber.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    void put(Stream stream) {
        byId.put(stream.id(), stream);
        byNumber.put(stream.number(), stream);
    }
}
