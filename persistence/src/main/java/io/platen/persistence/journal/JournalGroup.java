package io.platen.persistence.journal;

import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.journal.Streams.Extent;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes that become durable together, and what they change. Used by the writing thread only. A write that throws leaves the
 * group unchanged.
 */
final class JournalGroup {
    private final Database.Group puts;
    private final Streams streams;
    private final List<Stream> changed = new ArrayList<>();
    private final Map<String, Stream> made = new HashMap<>();
    private EventBlock.@Nullable Builder block;
    private long last;
    private int nextStream;

    /**
     * A group without writes.
     *
     * @param lastOrdinal the last ordinal before this group
     * @param nextStream the number of the next new stream
     */
    JournalGroup(Database.Group puts, Streams streams, long lastOrdinal, int nextStream) {
        this.puts = puts;
        this.streams = streams;
        this.last = lastOrdinal;
        this.nextStream = nextStream;
    }

    /** An encoded event. {@code givenOrdinal} is 0 when the group chooses the ordinal. */
    record NewEvent(String persistenceId, long sequence, long givenOrdinal, byte[] record) {

        private void requireAfter(long highest) {
            if (sequence <= highest) {
                throw new IllegalStateException(
                        "Event %,d of %s cannot be written: the stream has event %,d already. Does something else write this stream?"
                                .formatted(sequence, persistenceId, highest));
            }
        }

        private long ordinalAfter(long last) {
            if (givenOrdinal != 0 && givenOrdinal <= last) {
                throw new IllegalArgumentException(
                        "Ordinal %,d cannot follow %,d: ordinals must grow".formatted(givenOrdinal, last));
            }
            return givenOrdinal == 0 ? last + 1 : givenOrdinal;
        }
    }

    /** Appends events, all or none. */
    void append(List<NewEvent> events) {
        if (events.size() > 1) {
            requireOrder(events);
        }
        for (NewEvent one : events) {
            Stream found = find(one.persistenceId());
            one.requireAfter(found == null ? 0 : found.written().highest());
            long ordinal = one.ordinalAfter(last);
            Stream stream = found == null ? make(one.persistenceId(), 0) : found;
            long first = putEvent(ordinal, stream, one);
            change(stream, stream.written().with(one.sequence(), first, one.record().length));
        }
    }

    /** Checks all events before any is added. */
    private void requireOrder(List<NewEvent> events) {
        var highest = new HashMap<String, Long>();
        long before = last;
        for (NewEvent one : events) {
            one.requireAfter(highest.getOrDefault(one.persistenceId(), highest(one.persistenceId())));
            highest.put(one.persistenceId(), one.sequence());
            before = one.ordinalAfter(before);
        }
    }

    /** Adds an event to the current block, and returns the block's first ordinal. */
    private long putEvent(long ordinal, Stream stream, NewEvent event) {
        EventBlock.Builder filling = block;
        if (filling == null || filling.isFull()) {
            endBlock();
            filling = new EventBlock.Builder(ordinal);
            block = filling;
        }
        filling.add(ordinal, stream.number(), event.sequence(), event.record());
        last = ordinal;
        return filling.first();
    }

    private void endBlock() {
        if (block != null) {
            puts.put(block.build());
            block = null;
        }
    }

    /** The next event gets an ordinal after this one. */
    void skipTo(long ordinal) {
        if (ordinal > last) {
            EventBlock.Builder filling = block == null ? new EventBlock.Builder(last + 1) : block;
            filling.through(ordinal);
            block = filling;
            last = ordinal;
        }
    }

    /** Makes a stream of another journal. */
    void adopt(StreamInfo info) {
        if (find(info.persistenceId()) != null) {
            throw new IllegalArgumentException("The journal has a stream " + info.persistenceId() + " already");
        }
        Stream stream = make(info.persistenceId(), info.deletedTo());
        putBounds(stream, stream.written());
    }

    /** Deletes a stream's events up to this sequence number, which is included. */
    void deleteTo(String persistenceId, long sequence) {
        Stream stream = find(persistenceId);
        if (stream != null) {
            Extent extent = stream.written();
            long to = Math.min(sequence, extent.highest());
            if (to > extent.deletedTo()) {
                putBounds(stream, extent.withDeleted(to));
            }
        }
    }

    /** Replaces and deletes blocks for a compaction. */
    void rewrite(List<Entry> rewritten, List<byte[]> gone) {
        rewritten.forEach(puts::put);
        gone.forEach(puts::delete);
    }

    /** The highest sequence number of a stream, this group included. 0 when there is no such stream. */
    long highest(String persistenceId) {
        Stream stream = find(persistenceId);
        return stream == null ? 0 : stream.written().highest();
    }

    private Stream make(String persistenceId, long deletedTo) {
        Stream stream = new Stream(persistenceId, nextStream, Extent.empty(deletedTo));
        nextStream++;
        puts.put(JournalTable.seal(
                JournalTable.streamKey(persistenceId),
                JournalTable.value(Integer.BYTES).putInt(stream.number())));
        made.put(persistenceId, stream);
        return stream;
    }

    private @Nullable Stream find(String persistenceId) {
        Stream durable = streams.find(persistenceId);
        return durable == null ? made.get(persistenceId) : durable;
    }

    private void putBounds(Stream stream, Extent extent) {
        ByteBuffer bounds =
                JournalTable.value(2 * Long.BYTES).putLong(extent.deletedTo()).putLong(extent.highest());
        puts.put(JournalTable.seal(JournalTable.deletedKey(stream.number()), bounds));
        change(stream, extent);
    }

    private void change(Stream stream, Extent extent) {
        if (stream.write(extent)) {
            changed.add(stream);
        }
    }

    /** Completes the last block, and returns everything that is to be written. */
    Database.Group complete() {
        endBlock();
        return puts;
    }

    /** The group is durable. */
    void committed() {
        changed.forEach(Stream::committed);
        made.values().forEach(streams::add);
    }

    /** The group was not written. */
    void refused() {
        changed.forEach(Stream::refused);
    }

    /** The last ordinal, this group included. */
    long last() {
        return last;
    }

    /** The number of the next new stream. */
    int nextStream() {
        return nextStream;
    }
}
