package io.platen.persistence.journal;

import akka.Done;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreFullException;
import io.platen.persistence.commit.GroupCommit;
import io.platen.persistence.commit.WriterHealth;
import io.platen.persistence.journal.Database.Entry;
import io.platen.persistence.journal.Streams.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal on LevelDB: streams of events, written in groups with one sync each, read by stream and in the
 * order of all.
 *
 * <p>Readers see durable events only. Reads block; writes do not.
 */
public final class JournalStore implements AutoCloseable {
    private static final int EVENTS_AT_ONCE = 500;
    private static final long BYTES_AT_ONCE = 1024 * 1024;
    private static final int DELETES_AT_ONCE = 5_000;

    private final Database database;
    private final FreeSpace space;
    private final GroupCommit<Group> writer;
    private volatile Streams streams;

    /** Used by the writing thread only. */
    private int nextStream;

    private volatile long lastOrdinal;
    private volatile CompletableFuture<Done> committed = new CompletableFuture<>();

    private JournalStore(Database database, FreeSpace space, GroupCommit.Limits limits, Executor answering)
            throws IOException {
        this.database = database;
        this.space = space;
        requireFormat();
        this.streams = Streams.read(database);
        this.nextStream = streams.nextNumber();
        this.lastOrdinal = readLastOrdinal();
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
            return new JournalStore(
                    database,
                    new FreeSpace(settings.directory(), settings.freeSpaceReserveBytes()),
                    settings.limits(),
                    answering);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Every damage in the files of a journal that nobody has open, each with its place; repairs nothing. */
    public static List<String> damagedFiles(Path directory) throws IOException {
        return JournalFiles.damage(directory);
    }

    /** A group of writes, and what it changes. */
    private static final class Group {
        final Database.Group puts;
        final Map<String, Stream> changed = new HashMap<>();
        final GroupIndex index;

        Group(Database.Group puts, long lastOrdinal) {
            this.puts = puts;
            this.index = new GroupIndex(lastOrdinal);
        }
    }

    private final class Writing implements GroupCommit.Store<Group> {
        @Override
        public Group begin() throws IOException {
            return new Group(database.begin(), lastOrdinal);
        }

        @Override
        public void commit(Group group) throws IOException {
            try (Database.Group puts = group.puts) {
                group.index.entries().forEach(entry -> puts.put(entry.key(), entry.value()));
                if (puts.isEmpty()) {
                    return;
                }
                if (!space.allowsEvents()) {
                    throw new StoreFullException("The disk is too full for the journal to be written safely");
                }
                database.write(puts);
            }
            group.changed.values().forEach(streams::put);
            if (group.index.last() > lastOrdinal) {
                lastOrdinal = group.index.last();
                tellReaders();
            }
        }

        @Override
        public void reopen() throws IOException {
            long acknowledged = lastOrdinal;
            database.reopen();
            long found = readLastOrdinal();
            if (found < acknowledged) {
                throw new StoreDamagedException(
                        "The journal has lost its last %,d events: %,d were acknowledged, %,d are there"
                                .formatted(acknowledged - found, acknowledged, found));
            }
            streams = Streams.read(database);
            nextStream = streams.nextNumber();
            lastOrdinal = found;
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
     * Appends events, all or none. Completes, on the writing thread, when they are durable.
     *
     * @param events sequence numbers grow in each stream; they may leave gaps. An event without an ordinal gets the
     *     next one; others, which come from another journal, keep theirs, which must grow
     */
    public CompletionStage<Done> append(List<StoredEvent> events) {
        var made = new ArrayList<NewEvent>(events.size());
        long bytes = 0;
        for (StoredEvent one : events) {
            var encoded = one.event().encode();
            made.add(new NewEvent(
                    one.persistenceId(), one.sequence(), one.event().ordinal(), encoded));
            bytes += encoded.value().length;
        }
        return writer.submit(bytes, group -> {
            addTo(group, made);
            return Done.getInstance();
        });
    }

    /** An event that is ready to be stored, but for its place. */
    private record NewEvent(String persistenceId, long sequence, long givenOrdinal, EventRecord.Encoded encoded) {}

    private void addTo(Group group, List<NewEvent> events) {
        var changed = new HashMap<String, Stream>();
        var puts = new ArrayList<Entry>(events.size());
        var places = new ArrayList<GroupIndex.Place>(events.size());
        long last = group.index.last();
        for (NewEvent one : events) {
            String id = one.persistenceId();
            Stream stream = changed.containsKey(id) ? changed.get(id) : current(group, id);
            if (stream == null) {
                stream = new Stream(id, nextStream, 0, 0);
                nextStream++;
                byte[] key = Table.streamKey(id);
                puts.add(new Entry(
                        key, Table.seal(key, Table.value(Integer.BYTES).putInt(stream.number()))));
            }
            if (one.sequence() <= stream.highest()) {
                throw new IllegalStateException(
                        "Event %,d of %s cannot be written: there is one with number %,d already. Is something else writing this stream?"
                                .formatted(one.sequence(), id, stream.highest()));
            }
            stream = stream.at(one.sequence());
            long ordinal = one.givenOrdinal() == 0 ? last + 1 : one.givenOrdinal();
            if (ordinal <= last) {
                throw new IllegalArgumentException("Ordinal %,d follows %,d".formatted(ordinal, last));
            }
            last = ordinal;
            byte[] key = Table.eventKey(stream.number(), one.sequence());
            puts.add(new Entry(key, one.encoded().seal(key, ordinal)));
            places.add(new GroupIndex.Place(ordinal, stream.number(), one.sequence()));
            changed.put(id, stream);
        }
        puts.forEach(put -> group.puts.put(put.key(), put.value()));
        places.forEach(group.index::add);
        group.changed.putAll(changed);
    }

    private @Nullable Stream current(Group group, String persistenceId) {
        Stream changed = group.changed.get(persistenceId);
        return changed != null ? changed : streams.find(persistenceId);
    }

    /**
     * Makes a stream as another journal knows it, before its events are appended: some of them may have been deleted
     * there. Completes when it is durable.
     */
    public CompletionStage<Done> adopt(StreamInfo info) {
        return writer.submit(0, group -> {
            if (current(group, info.persistenceId()) != null) {
                throw new IllegalArgumentException("There is a stream " + info.persistenceId() + " already");
            }
            var stream = new Stream(info.persistenceId(), nextStream, info.deletedTo(), info.deletedTo());
            nextStream++;
            byte[] key = Table.streamKey(stream.id());
            group.puts.put(key, Table.seal(key, Table.value(Integer.BYTES).putInt(stream.number())));
            putBounds(group, stream);
            return Done.getInstance();
        });
    }

    /** Goes on counting behind this ordinal, which another journal has reached. */
    public CompletionStage<Done> adoptLastOrdinal(long ordinal) {
        return writer.submit(0, group -> {
            group.index.skipTo(ordinal);
            return Done.getInstance();
        });
    }

    private void putBounds(Group group, Stream stream) {
        byte[] key = Table.deletedKey(stream.number());
        ByteBuffer bounds =
                Table.value(2 * Long.BYTES).putLong(stream.deletedTo()).putLong(stream.highest());
        group.puts.put(key, Table.seal(key, bounds));
        group.changed.put(stream.id(), stream);
    }

    /**
     * Deletes a stream's events up to a sequence number, that one included. The highest sequence number is
     * remembered. Blocks until it is durable.
     */
    public void deleteTo(String persistenceId, long sequence) throws IOException {
        // First what no reader may look for any more, in one piece; then the events themselves.
        Stream stream = await(writer.submit(0, group -> markDeleted(group, persistenceId, sequence)))
                .orElse(null);
        if (stream == null) {
            return;
        }
        byte[] from = Table.eventKey(stream.number(), 0);
        byte[] before = Table.eventKey(stream.number(), stream.deletedTo() + 1);
        List<Entry> piece;
        do {
            piece = database.read(from, before, DELETES_AT_ONCE, BYTES_AT_ONCE);
            List<byte[]> keys = piece.stream().map(Entry::key).toList();
            await(delete(keys));
            from = piece.isEmpty() ? before : Keys.after(keys.get(keys.size() - 1));
        } while (!piece.isEmpty());
    }

    private Optional<Stream> markDeleted(Group group, String persistenceId, long sequence) {
        Stream stream = current(group, persistenceId);
        if (stream == null) {
            return Optional.empty();
        }
        if (Math.min(sequence, stream.highest()) <= stream.deletedTo()) {
            // What an earlier deletion has left, when it was broken off.
            return Optional.of(stream);
        }
        Stream deleted = stream.deletedTo(Math.min(sequence, stream.highest()));
        putBounds(group, deleted);
        return Optional.of(deleted);
    }

    private CompletionStage<Done> delete(List<byte[]> keys) {
        return writer.submit(0, group -> {
            keys.forEach(group.puts::delete);
            return Done.getInstance();
        });
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
            Stream stream = current(group, persistenceId);
            return stream == null ? 0L : stream.highest();
        });
    }

    /** The same as far as it is durable now. */
    long durableSequence(String persistenceId) {
        Stream stream = streams.find(persistenceId);
        return stream == null ? 0 : stream.highest();
    }

    /** Events up to this sequence number were deleted. */
    long deletedTo(String persistenceId) {
        Stream stream = streams.find(persistenceId);
        return stream == null ? 0 : stream.deletedTo();
    }

    /** The streams that there are. */
    public List<StreamInfo> streams() {
        return streams.all().stream()
                .map(stream -> new StreamInfo(stream.id(), stream.deletedTo(), stream.highest()))
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
        return read(persistenceId, from, to, EVENTS_AT_ONCE);
    }

    private List<StoredEvent> read(String persistenceId, long from, long to, int most) throws IOException {
        Stream stream = streams.find(persistenceId);
        if (stream == null) {
            return List.of();
        }
        long first = Math.max(from, stream.deletedTo() + 1);
        long last = Math.min(to, stream.highest());
        if (first > last) {
            return List.of();
        }
        var events = new ArrayList<StoredEvent>();
        for (Entry entry : database.read(
                Table.eventKey(stream.number(), first),
                Table.eventKey(stream.number(), last + 1),
                most,
                BYTES_AT_ONCE)) {
            events.add(decode(stream, entry));
        }
        return events;
    }

    private static StoredEvent decode(Stream stream, Entry entry) throws StoreDamagedException {
        long sequence = Table.sequenceOf(entry.key());
        EventRecord event = EventRecord.decode(entry.key(), entry.value());
        if (event == null) {
            throw new StoreDamagedException(
                    "Event %,d of %s has a wrong checksum in the journal".formatted(sequence, stream.id()));
        }
        return new StoredEvent(stream.id(), sequence, event);
    }

    /** Gives a stream's events to a consumer, in order, up to a number of them. Blocks. */
    public void replay(String persistenceId, long from, long to, long most, Consumer<StoredEvent> consumer)
            throws IOException {
        long next = from;
        long left = most;
        while (left > 0) {
            List<StoredEvent> events = read(persistenceId, next, to, (int) Math.min(left, EVENTS_AT_ONCE));
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
        if (ordinal >= lastOrdinal) {
            return new Piece(List.of(), ordinal);
        }
        Entry group = groupOf(ordinal + 1);
        if (group == null) {
            throw new StoreDamagedException(
                    "In the journal, no group has the event of ordinal %,d".formatted(ordinal + 1));
        }
        long at = Table.ordinalOf(group.key());
        ByteBuffer index = Keys.sound(group, "the group of ordinal %,d".formatted(at));
        var events = new ArrayList<StoredEvent>();
        long bytes = 0;
        while (index.hasRemaining() && bytes < BYTES_AT_ONCE && events.size() < EVENTS_AT_ONCE) {
            int number = index.getInt();
            long sequence = index.getLong();
            if (at > ordinal) {
                Optional<StoredEvent> event = one(number, sequence);
                event.ifPresent(events::add);
                bytes += event.map(found -> found.event().size()).orElse(0);
            }
            at++;
        }
        return new Piece(events, Math.max(ordinal, at - 1));
    }

    /** The group that an ordinal is in, or when that was removed, the first after it. */
    private @Nullable Entry groupOf(long ordinal) throws IOException {
        Entry group = database.last(Table.ORDINAL.start(), Table.ordinalKey(ordinal + 1));
        if (group != null && Table.ordinalOf(group.key()) + GroupIndex.size(group) > ordinal) {
            return group;
        }
        List<Entry> next = database.read(Table.ordinalKey(ordinal), Table.ORDINAL.end(), 1, 1);
        return next.isEmpty() ? null : next.get(0);
    }

    private Optional<StoredEvent> one(int number, long sequence) throws IOException {
        Stream stream = streams.find(number);
        if (stream == null) {
            throw new StoreDamagedException("In the journal, stream number %d has no name".formatted(number));
        }
        byte[] key = Table.eventKey(number, sequence);
        byte[] value = sequence <= stream.deletedTo() ? null : database.get(key);
        if (value == null) {
            Stream now = streams.find(number);
            if (now != null && sequence > now.deletedTo()) {
                throw new StoreDamagedException(
                        "Event %,d of %s is missing in the journal".formatted(sequence, now.id()));
            }
            return Optional.empty();
        }
        return Optional.of(decode(stream, new Entry(key, value)));
    }

    /** Completes when events behind this ordinal are durable. On the writing thread: name an executor. */
    public CompletionStage<Done> after(long ordinal) {
        CompletableFuture<Done> next = committed;
        return lastOrdinal > ordinal ? CompletableFuture.completedFuture(Done.getInstance()) : next;
    }

    /**
     * Removes the index of groups whose events are all deleted, and gives the space of deleted events back to
     * the disk. Blocks, up to seconds for each gigabyte; reads and writes go on meanwhile.
     */
    public void compact() throws IOException {
        byte[] from = Table.ORDINAL.start();
        while (true) {
            var entries = database.read(from, Table.ordinalKey(lastOrdinal), DELETES_AT_ONCE, BYTES_AT_ONCE);
            if (entries.isEmpty()) {
                break;
            }
            var unused = new ArrayList<byte[]>();
            for (Entry group : entries) {
                // The last group stays: it says where to go on counting.
                boolean isLast = Table.ordinalOf(group.key()) + GroupIndex.size(group) > lastOrdinal;
                if (!isLast && isDeleted(group)) {
                    unused.add(group.key());
                }
            }
            if (!unused.isEmpty()) {
                await(delete(unused));
            }
            from = Keys.after(entries.get(entries.size() - 1).key());
        }
        database.compact(Table.EVENT.start(), Table.EVENT.end());
        database.compact(Table.ORDINAL.start(), Table.ORDINAL.end());
    }

    private boolean isDeleted(Entry group) throws StoreDamagedException {
        ByteBuffer index = Keys.sound(group, "the group of ordinal %,d".formatted(Table.ordinalOf(group.key())));
        while (index.hasRemaining()) {
            Stream stream = streams.find(index.getInt());
            if (stream == null || index.getLong() > stream.deletedTo()) {
                return false;
            }
        }
        return true;
    }

    /** About how many bytes a stream's events take in tables; what is in the log only is not counted. */
    public long tableBytes(String persistenceId) throws IOException {
        Stream stream = streams.find(persistenceId);
        return stream == null
                ? 0
                : database.tableBytes(Table.eventKey(stream.number(), 0), Table.eventKey(stream.number() + 1, 0));
    }

    /** Everything that is wrong in it, in words, each with its place. Blocks; tells how far it is. */
    public List<String> audit(LongConsumer eventsSeen) throws IOException {
        return new JournalAudit(database, streams, lastOrdinal).run(eventsSeen);
    }

    /** How its writer is. */
    public WriterHealth writer() {
        return writer;
    }

    /** Writes what waits, and closes the files. */
    @Override
    public void close() {
        writer.close();
        database.close();
    }

    private void requireFormat() throws IOException {
        byte[] format = database.get(Table.FORMAT_KEY);
        if (format == null) {
            if (!database.read(new byte[0], new byte[] {(byte) 0xff}, 1, 1).isEmpty()) {
                throw new IOException("The journal was not written by this Platen, or by one before 0.1.0");
            }
            try (Database.Group first = database.begin()) {
                first.put(Table.FORMAT_KEY, Table.FORMAT_1);
                database.write(first);
            }
        } else if (!Arrays.equals(format, Table.FORMAT_1)) {
            throw new IOException("The journal is of a format that this Platen does not know; a newer one wrote it");
        }
    }

    private long readLastOrdinal() throws IOException {
        Entry last = database.last(Table.ORDINAL.start(), Table.ORDINAL.end());
        if (last == null) {
            return 0;
        }
        Keys.sound(last, "the last group");
        return Table.ordinalOf(last.key()) + GroupIndex.size(last) - 1;
    }
}
