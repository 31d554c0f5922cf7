package io.platen.persistence.journal;

import akka.Done;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.commit.GroupCommit;
import io.platen.persistence.commit.GroupCommit.Answer;
import io.platen.persistence.commit.WriterHealth;
import io.platen.persistence.journal.Streams.Extent;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import io.platen.persistence.leveldb.JournalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
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

    private final Database database;
    private final StreamIndex index;
    private final JournalWriting writing;
    private final EventReader reader;
    private final GroupCommit<JournalGroup> writer;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JournalStore(
            Database database, StreamIndex index, FreeSpace space, GroupCommit.Limits limits, Executor answering)
            throws IOException {
        this.database = database;
        this.index = index;
        this.writing = new JournalWriting(database, index, space);
        this.reader = new EventReader(database, index, writing::streams);
        this.writer = new GroupCommit<>("journal", writing, limits, answering);
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
            JournalFormat.require(database);
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

    /** Opens the files again, as after a failure. */
    void reopen() throws IOException {
        writing.reopen();
    }

    /**
     * Appends events, all or none. Completes when they are durable, perhaps on the writing thread.
     *
     * @param events sequence numbers grow in each stream; they may leave gaps. An event without an ordinal gets the
     *     next one; others, which come from another journal, keep theirs, which must grow
     */
    public CompletionStage<Done> append(List<StoredEvent> events) {
        var done = new CompletableFuture<Done>();
        append(events, Answer.completing(done));
        return done;
    }

    /** The same, for somebody who waits in another way. */
    public void append(List<StoredEvent> events, Answer<Done> answer) {
        var made = new ArrayList<JournalGroup.NewEvent>(events.size());
        long bytes = 0;
        for (StoredEvent one : events) {
            byte[] record = one.event().encode();
            made.add(new JournalGroup.NewEvent(
                    one.persistenceId(), one.sequence(), one.event().ordinal(), record));
            bytes += record.length;
        }
        writer.submit(
                bytes,
                group -> {
                    group.append(made);
                    return Done.getInstance();
                },
                answer);
    }

    /**
     * Makes a stream as another journal knows it, before its events are appended: some of them may have been deleted
     * there. Completes when it is durable.
     */
    public CompletionStage<Done> adopt(StreamInfo info) {
        return writer.submit(0, group -> {
            group.adopt(info);
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

    /**
     * Deletes a stream's events up to a sequence number, that one included: nobody sees them any more. The highest
     * sequence number is remembered; their space comes back with {@link #compact}. Blocks until it is durable.
     */
    public void deleteTo(String persistenceId, long sequence) throws IOException {
        await(writer.submit(0, group -> {
            group.deleteTo(persistenceId, sequence);
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
        return writer.submit(0, group -> group.highest(persistenceId));
    }

    /** The same as far as it is durable now. */
    public long durableSequence(String persistenceId) {
        Stream stream = writing.streams().find(persistenceId);
        return stream == null ? 0 : stream.durable().highest();
    }

    /** Events up to this sequence number were deleted. */
    public long deletedTo(String persistenceId) {
        Stream stream = writing.streams().find(persistenceId);
        return stream == null ? 0 : stream.durable().deletedTo();
    }

    /** The streams that there are. */
    public List<StreamInfo> streams() {
        return writing.streams().all().stream()
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
        return writing.lastOrdinal();
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
        return reader.readAfter(ordinal, writing.lastOrdinal());
    }

    /** Completes when events behind this ordinal are durable. On the writing thread: name an executor. */
    public CompletionStage<Done> after(long ordinal) {
        return writing.after(ordinal);
    }

    /**
     * Gives the space of deleted events back to the disk. Blocks, up to seconds for each gigabyte; reads and writes go
     * on meanwhile.
     */
    public synchronized void compact() throws IOException {
        // The next group begins with it: the newest are the writing thread's.
        writing.wantIndex();
        await(writer.submit(0, group -> Done.getInstance()));
        new JournalCompaction(database, index, writing.streams(), writing.lastOrdinal(), this::rewrite).run();
    }

    private void rewrite(List<Entry> rewritten, List<byte[]> gone) throws IOException {
        writing.requireSpace();
        List<Entry> puts = List.copyOf(rewritten);
        List<byte[]> deletes = List.copyOf(gone);
        await(writer.submit(0, group -> {
            group.rewrite(puts, deletes);
            return Done.getInstance();
        }));
    }

    /** About how many bytes a stream's events take. */
    public long bytes(String persistenceId) throws IOException {
        Stream stream = writing.streams().find(persistenceId);
        if (stream == null) {
            return 0;
        }
        Extent extent = stream.durable();
        long from = extent.deletedTo() + 1;
        return index.bytes(stream.number(), from) + extent.newest().from(from).bytes();
    }

    /** Everything that is wrong in it, in words, each with its place. Blocks; tells how far it is. */
    public List<String> audit(LongConsumer eventsSeen) throws IOException {
        return new JournalAudit(database, index, writing.streams(), writing.lastOrdinal()).run(eventsSeen);
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
            if (writer.trouble() == null) {
                // The next start has less to look at.
                writing.indexNewest();
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("The journal's index could not be written; the next start takes longer", e);
        } finally {
            index.close();
            database.close();
        }
    }
}
