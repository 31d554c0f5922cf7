package io.platen.persistence.journal;

import akka.Done;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.commit.GroupCommit;
import io.platen.persistence.commit.WriterHealth;
import io.platen.persistence.journal.Database.Entry;
import io.platen.persistence.journal.Streams.Extent;
import io.platen.persistence.journal.Streams.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on LevelDB: streams of events, written in groups with one sync each, read by stream and in the
 * order of all.
 *
 * <p>Readers see durable events only. Reads block; writes do not.
 */
public final class JournalStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournalStore.class);
    private static final byte[] FORMAT_1 = "platen-journal-1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FORMAT_2 = "platen-journal-2".getBytes(StandardCharsets.US_ASCII);

    /** So many of the newest events have their places in memory, and are looked at when the journal is opened. */
    private static final int NEWEST = 64 * 1024;

    private static final int BLOCKS_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 4 * 1024 * 1024;

    private final Database database;
    private final StreamIndex index;
    private final FreeSpace space;
    private final EventReader reader;
    private final GroupCommit<Group> writer;
    private volatile Streams streams;

    /** Used by the writing thread only. */
    private int nextStream;

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean indexWanted;
    private volatile long lastOrdinal;
    private volatile CompletableFuture<Done> committed = new CompletableFuture<>();

    private JournalStore(
            Database database, StreamIndex index, FreeSpace space, GroupCommit.Limits limits, Executor answering)
            throws IOException {
        this.database = database;
        this.index = index;
        this.space = space;
        this.reader = new EventReader(database, index, () -> streams);
        Loaded loaded = load();
        this.streams = loaded.streams();
        use(loaded);
        this.writer = new GroupCommit<>("journal", new Writing(), limits, answering);
    }

    /**
     * Opens the journal in this directory, which is made when it is missing.
     *
     * @param answering see {@link GroupCommit}
     * @throws StoreDamagedException when the files are not as they were written
     */
    public static JournalStore open(JournalSettings settings, Executor answering) throws IOException {
        Database database = Database.open(settings.directory(), settings.writeBufferBytes());
        try {
            requireFormat(database);
            StreamIndex index = StreamIndex.open(settings.directory());
            try {
                return new JournalStore(
                        database,
                        index,
                        new FreeSpace(settings.directory(), settings.freeSpaceReserveBytes()),
                        settings.limits(),
                        answering);
            } catch (IOException | RuntimeException e) {
                index.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Every damage in the files of a journal that nobody has open, each with its place; repairs nothing. */
    public static List<String> damagedFiles(Path directory) throws IOException {
        var damaged = new ArrayList<>(JournalFiles.damage(directory));
        StreamIndex.damage(directory)
                .forEach(what -> damaged.add("%s. The index can be made anew: stop the server and delete %s"
                        .formatted(what, StreamIndex.directory(directory))));
        return damaged;
    }

    /** What is in the files. */
    private record Loaded(Streams streams, long lastOrdinal) {}

    private Loaded load() throws IOException {
        Entry last = database.last(Table.BLOCK.start(), Table.BLOCK.end());
        long end = last == null ? 0 : EventBlock.of(last).through();
        if (end < index.through()) {
            throw new StoreDamagedException(
                    "The journal has lost its last %,d events: its index knows %,d, and %,d are there"
                            .formatted(index.through() - end, index.through(), end));
        }
        try {
            return new Loaded(readStreams(end), end);
        } catch (StoreDamagedException e) {
            // If it is not the index, it is found again.
            index.makeAnew(e);
            return new Loaded(readStreams(end), end);
        }
    }

    /** Reads what the streams are, and gives the index what it lacks. */
    private Streams readStreams(long end) throws IOException {
        Streams read = Streams.read(database, index);
        long seen = index.through();
        while (seen < end) {
            List<Entry> entries =
                    database.read(Table.blockKey(seen + 1), Table.BLOCK.end(), BLOCKS_AT_ONCE, BYTES_AT_ONCE);
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
            if (seen - index.through() >= NEWEST && space.allowsEvents()) {
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

    /**
     * Opens the files again.
     *
     * @throws StoreDamagedException when not all that was acknowledged is there, as often as it is tried
     */
    void reopen() throws IOException {
        database.reopen();
        index.reopen();
        Loaded found = load();
        if (found.lastOrdinal() < lastOrdinal) {
            throw new StoreDamagedException(
                    "The journal has lost its last %,d events: %,d were acknowledged, %,d are there"
                            .formatted(lastOrdinal - found.lastOrdinal(), lastOrdinal, found.lastOrdinal()));
        }
        use(found);
    }

    /** A group of writes, and what it changes. */
    private static final class Group {
        final Database.Group puts;
        final List<Stream> changed = new ArrayList<>();
        final Map<String, Stream> made = new HashMap<>();
        private EventBlock.@Nullable Builder block;
        private long last;

        Group(Database.Group puts, long lastOrdinal) {
            this.puts = puts;
            this.last = lastOrdinal;
        }

        /** The ordinal given out last, here or before. */
        long last() {
            return last;
        }

        void change(Stream stream, Extent extent) {
            if (stream.write(extent)) {
                changed.add(stream);
            }
        }

        /** Puts an event into the block that is being filled, which it returns. */
        long add(long ordinal, Stream stream, NewEvent event) {
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

        /** The next event comes behind this ordinal. */
        void skipTo(long ordinal) {
            if (ordinal > last) {
                EventBlock.Builder filling = block == null ? new EventBlock.Builder(last + 1) : block;
                filling.through(ordinal);
                block = filling;
                last = ordinal;
            }
        }

        void endBlock() {
            if (block != null) {
                puts.put(block.build());
                block = null;
            }
        }
    }

    private final class Writing implements GroupCommit.Store<Group> {
        @Override
        public Group begin() throws IOException {
            boolean indexNow = indexWanted || lastOrdinal - index.through() >= NEWEST;
            if (indexNow && space.allowsEvents()) {
                indexWanted = false;
                indexNewest();
            }
            return new Group(database.begin(), lastOrdinal);
        }

        @Override
        public void commit(Group group) throws IOException {
            try (Database.Group puts = group.puts) {
                group.endBlock();
                if (puts.isEmpty()) {
                    return;
                }
                try {
                    requireSpace();
                } catch (StoreFullException e) {
                    group.changed.forEach(Stream::refused);
                    throw e;
                }
                database.write(puts);
            }
            group.changed.forEach(Stream::committed);
            group.made.values().forEach(streams::add);
            if (group.last() > lastOrdinal) {
                lastOrdinal = group.last();
                tellReaders();
            }
        }

        @Override
        public void reopen() throws IOException {
            JournalStore.this.reopen();
            // A group whose sync failed may be there nevertheless.
            tellReaders();
        }

        private void tellReaders() {
            CompletableFuture<Done> waiting = committed;
            committed = new CompletableFuture<>();
            waiting.complete(Done.getInstance());
        }
    }

    /**
     * Appends events, all or none. Completes when they are durable, perhaps on the writing thread.
     *
     * @param events sequence numbers grow in each stream; they may leave gaps. An event without an ordinal gets the
     *     next one; others, which come from another journal, keep theirs, which must grow
     */
    public CompletionStage<Done> append(List<StoredEvent> events) {
        return append(events, Done.getInstance());
    }

    /** The same, completed with this. */
    <T> CompletionStage<T> append(List<StoredEvent> events, T answer) {
        var made = new ArrayList<NewEvent>(events.size());
        long bytes = 0;
        for (StoredEvent one : events) {
            byte[] record = one.event().encode();
            made.add(new NewEvent(
                    one.persistenceId(), one.sequence(), one.event().ordinal(), record));
            bytes += record.length;
        }
        return writer.submit(bytes, group -> {
            addTo(group, made);
            return answer;
        });
    }

    /** An event that is ready to be stored, but for its place. */
    private record NewEvent(String persistenceId, long sequence, long givenOrdinal, byte[] record) {

        void requireAfter(long highest) {
            if (sequence <= highest) {
                throw new IllegalStateException(
                        "Event %,d of %s cannot be written: there is one with number %,d already. Is something else writing this stream?"
                                .formatted(sequence, persistenceId, highest));
            }
        }

        long ordinalAfter(long last) {
            if (givenOrdinal != 0 && givenOrdinal <= last) {
                throw new IllegalArgumentException("Ordinal %,d follows %,d".formatted(givenOrdinal, last));
            }
            return givenOrdinal == 0 ? last + 1 : givenOrdinal;
        }
    }

    private void addTo(Group group, List<NewEvent> events) {
        if (events.size() > 1) {
            requireOrder(group, events);
        }
        for (NewEvent one : events) {
            Stream found = find(group, one.persistenceId());
            one.requireAfter(found == null ? 0 : found.written().highest());
            long ordinal = one.ordinalAfter(group.last());
            Stream stream = found == null ? make(group, one.persistenceId(), 0) : found;
            long block = group.add(ordinal, stream, one);
            group.change(stream, stream.written().with(one.sequence(), block, one.record().length));
        }
    }

    /** Before anything is changed, because a write that fails must leave the group as it was. */
    private void requireOrder(Group group, List<NewEvent> events) {
        var highest = new HashMap<String, Long>();
        long last = group.last();
        for (NewEvent one : events) {
            Stream stream = find(group, one.persistenceId());
            long before = stream == null ? 0 : stream.written().highest();
            one.requireAfter(highest.getOrDefault(one.persistenceId(), before));
            highest.put(one.persistenceId(), one.sequence());
            last = one.ordinalAfter(last);
        }
    }

    private Stream make(Group group, String persistenceId, long deletedTo) {
        Stream stream = new Stream(persistenceId, nextStream, Extent.empty(deletedTo));
        nextStream++;
        group.puts.put(Table.seal(
                Table.streamKey(persistenceId), Table.value(Integer.BYTES).putInt(stream.number())));
        group.made.put(persistenceId, stream);
        return stream;
    }

    private @Nullable Stream find(Group group, String persistenceId) {
        Stream durable = streams.find(persistenceId);
        return durable == null ? group.made.get(persistenceId) : durable;
    }

    /**
     * Makes a stream as another journal knows it, before its events are appended: some of them may have been deleted
     * there. Completes when it is durable.
     */
    public CompletionStage<Done> adopt(StreamInfo info) {
        return writer.submit(0, group -> {
            if (find(group, info.persistenceId()) != null) {
                throw new IllegalArgumentException("There is a stream " + info.persistenceId() + " already");
            }
            Stream stream = make(group, info.persistenceId(), info.deletedTo());
            putBounds(group, stream, stream.written());
            return Done.getInstance();
        });
    }

    /** Goes on counting behind this ordinal, which another journal has reached. */
    public CompletionStage<Done> adoptLastOrdinal(long ordinal) {
        return writer.submit(0, group -> {
            group.skipTo(ordinal);
            return Done.getInstance();
        });
    }

    private static void putBounds(Group group, Stream stream, Extent extent) {
        ByteBuffer bounds =
                Table.value(2 * Long.BYTES).putLong(extent.deletedTo()).putLong(extent.highest());
        group.puts.put(Table.seal(Table.deletedKey(stream.number()), bounds));
        group.change(stream, extent);
    }

    /**
     * Deletes a stream's events up to a sequence number, that one included: nobody sees them any more. The highest
     * sequence number is remembered; their space comes back with {@link #compact}. Blocks until it is durable.
     */
    public void deleteTo(String persistenceId, long sequence) throws IOException {
        await(writer.submit(0, group -> {
            Stream stream = find(group, persistenceId);
            if (stream != null) {
                Extent extent = stream.written();
                long to = Math.min(sequence, extent.highest());
                if (to > extent.deletedTo()) {
                    putBounds(group, stream, extent.withDeleted(to));
                }
            }
            return Done.getInstance();
        }));
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** The highest sequence number that the stream ever had, after all writes that are under way; else 0. */
    public CompletionStage<Long> highestSequence(String persistenceId) {
        return writer.submit(0, group -> {
            Stream stream = find(group, persistenceId);
            return stream == null ? 0L : stream.written().highest();
        });
    }

    /** The same as far as it is durable now. */
    long durableSequence(String persistenceId) {
        Stream stream = streams.find(persistenceId);
        return stream == null ? 0 : stream.durable().highest();
    }

    /** Events up to this sequence number were deleted. */
    long deletedTo(String persistenceId) {
        Stream stream = streams.find(persistenceId);
        return stream == null ? 0 : stream.durable().deletedTo();
    }

    /** The streams that there are. */
    public List<StreamInfo> streams() {
        return streams.all().stream()
                .map(stream -> new StreamInfo(
                        stream.id(),
                        stream.durable().deletedTo(),
                        stream.durable().highest()))
                .sorted(Comparator.comparing(StreamInfo::persistenceId))
                .toList();
    }

    /**
     * A stream.
     *
     * @param deletedTo events up to this sequence number were deleted
     * @param highest sequence number of its last event
     */
    public record StreamInfo(String persistenceId, long deletedTo, long highest) {}

    /**
     * A piece of a stream: its next events from one sequence number to another, both included.
     *
     * @return at least one if there is any
     * @throws StoreDamagedException when an event is not as it was written
     */
    public List<StoredEvent> read(String persistenceId, long from, long to) throws IOException {
        return reader.read(persistenceId, from, to, EventReader.EVENTS_AT_ONCE);
    }

    /** Gives a stream's events to a consumer, in order, up to a number of them. Blocks. */
    public void replay(String persistenceId, long from, long to, long most, Consumer<StoredEvent> consumer)
            throws IOException {
        long next = from;
        long left = most;
        while (left > 0) {
            List<StoredEvent> events =
                    reader.read(persistenceId, next, to, (int) Math.min(left, EventReader.EVENTS_AT_ONCE));
            if (events.isEmpty()) {
                return;
            }
            events.forEach(consumer);
            left -= events.size();
            next = events.get(events.size() - 1).sequence() + 1;
        }
    }

    /** The ordinal of the last durable event; 0 when there is none. */
    public long lastOrdinal() {
        return lastOrdinal;
    }

    /**
     * What was stored behind an ordinal, in the order of storing: one piece of it. Deleted events are left out.
     *
     * @param events may be empty although there is more
     * @param last the ordinal up to which this piece goes
     */
    public record Piece(List<StoredEvent> events, long last) {}

    /** Reads the next piece. At the end, its {@code last} is the ordinal that was given. */
    public Piece readAfter(long ordinal) throws IOException {
        return reader.readAfter(ordinal, lastOrdinal);
    }

    /** Completes when events behind this ordinal are durable. On the writing thread: name an executor. */
    public CompletionStage<Done> after(long ordinal) {
        CompletableFuture<Done> next = committed;
        return lastOrdinal > ordinal ? CompletableFuture.completedFuture(Done.getInstance()) : next;
    }

    /**
     * Gives the space of deleted events back to the disk. Blocks, up to seconds for each gigabyte; reads and writes go
     * on meanwhile.
     */
    public synchronized void compact() throws IOException {
        // The next group begins with it: the newest are the writing thread's.
        indexWanted = true;
        await(writer.submit(0, group -> Done.getInstance()));
        new JournalCompaction(database, index, streams, lastOrdinal, this::rewrite).run();
    }

    private void rewrite(List<Entry> rewritten, List<byte[]> gone) throws IOException {
        requireSpace();
        List<Entry> puts = List.copyOf(rewritten);
        List<byte[]> deletes = List.copyOf(gone);
        await(writer.submit(0, group -> {
            puts.forEach(group.puts::put);
            deletes.forEach(group.puts::delete);
            return Done.getInstance();
        }));
    }

    private void requireSpace() throws StoreFullException {
        if (!space.allowsEvents()) {
            throw new StoreFullException("The disk is too full for the journal to be written safely");
        }
    }

    private void indexNewest() throws IOException {
        index.add(streams.all(), lastOrdinal);
        streams.allIndexed();
    }

    /** About how many bytes a stream's events take. */
    public long bytes(String persistenceId) throws IOException {
        Stream stream = streams.find(persistenceId);
        if (stream == null) {
            return 0;
        }
        Extent extent = stream.durable();
        long from = extent.deletedTo() + 1;
        return index.bytes(stream.number(), from) + extent.newest().from(from).bytes();
    }

    /** Everything that is wrong in it, in words, each with its place. Blocks; tells how far it is. */
    public List<String> audit(LongConsumer eventsSeen) throws IOException {
        return new JournalAudit(database, index, streams, lastOrdinal).run(eventsSeen);
    }

    /** How its writer is. */
    public WriterHealth writer() {
        return writer;
    }

    /** Writes what waits, and closes the files. The second time it does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        writer.close();
        try {
            if (writer.trouble() == null && space.allowsEvents()) {
                // The next start has less to look at.
                indexNewest();
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("The journal's index could not be written; the next start takes longer", e);
        } finally {
            index.close();
            database.close();
        }
    }

    private static void requireFormat(Database database) throws IOException {
        byte[] format = database.get(Table.FORMAT_KEY);
        if (format == null) {
            if (!database.read(new byte[0], new byte[] {(byte) 0xff}, 1, 1).isEmpty()) {
                throw new IOException("The journal was not written by this Platen, or by one before 0.1.0");
            }
            try (Database.Group first = database.begin()) {
                first.put(Table.FORMAT_KEY, FORMAT_2);
                database.write(first);
            }
        } else if (Arrays.equals(format, FORMAT_1)) {
            throw new IOException(
                    "The journal was written by a Platen before 0.1.0, in a format that is not read any more");
        } else if (!Arrays.equals(format, FORMAT_2)) {
            throw new IOException("The journal is of a format that this Platen does not know; a newer one wrote it");
        }
    }
}
