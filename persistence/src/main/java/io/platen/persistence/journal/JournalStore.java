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
 * The journal on LevelDB: streams of events, written in groups with one sync each, and read by stream or in the order of
 * storing.
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
     * Opens the journal in the configured directory, which is made if it is missing.
     *
     * @param answering see {@link GroupCommit}
     * @throws StoreDamagedException when the files differ from what was written
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

    /** Lists every damage in the files of a journal that nobody has open, with its place. Repairs nothing. */
    public static List<String> damagedFiles(Path directory) throws IOException {
        var damaged = new ArrayList<>(JournalFiles.damage(directory));
        StreamIndex.damage(directory)
                .forEach(what -> damaged.add("%s. To rebuild the index, stop the server and delete %s"
                        .formatted(what, StreamIndex.directory(directory))));
        return damaged;
    }

    /** Opens the files again, as after a failure. For tests. */
    void reopen() throws IOException {
        writing.reopen();
    }

    /**
     * Appends all of these events or none. Completes when they are durable, perhaps on the writing thread.
     *
     * @param events sequence numbers must grow in each stream, and may leave gaps. An event without an ordinal gets the next
     *     one. An event from another journal keeps its ordinal; these must grow, too
     */
    public CompletionStage<Done> append(List<StoredEvent> events) {
        var done = new CompletableFuture<Done>();
        append(events, Answer.completing(done));
        return done;
    }

    /** Like {@link #append(List)}, without a stage. */
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
     * Makes a stream of another journal, where some of its events may have been deleted, before its events are appended.
     * Completes when the stream is durable.
     */
    public CompletionStage<Done> adopt(StreamInfo info) {
        return writer.submit(0, group -> {
            group.adopt(info);
            return Done.getInstance();
        });
    }

    /** Continues the ordinals after this one, which is the last of another journal. */
    public CompletionStage<Done> adoptLastOrdinal(long ordinal) {
        return writer.submit(0, group -> {
            group.skipTo(ordinal);
            return Done.getInstance();
        });
    }

    /**
     * Deletes a stream's events up to this sequence number, which is included. Readers no longer see them. The journal
     * remembers the highest sequence number; {@link #compact} gives the space back. Blocks until the deletion is durable.
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

    /** The highest sequence number that the stream ever had, writes under way included; 0 when it had none. */
    public CompletionStage<Long> highestSequence(String persistenceId) {
        return writer.submit(0, group -> group.highest(persistenceId));
    }

    /** The highest sequence number of the stream that is durable now; 0 when there is none. */
    public long durableSequence(String persistenceId) {
        Stream stream = writing.streams().find(persistenceId);
        return stream == null ? 0 : stream.durable().highest();
    }

    /** The sequence number up to which the stream's events were deleted; 0 when none were. */
    public long deletedTo(String persistenceId) {
        Stream stream = writing.streams().find(persistenceId);
        return stream == null ? 0 : stream.durable().deletedTo();
    }

    /** All streams, by their ids. */
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
     * Reads the next piece of a stream, from one sequence number to another, both included.
     *
     * @return at least one event if there is any
     * @throws StoreDamagedException when an event differs from what was written
     */
    public List<StoredEvent> read(String persistenceId, long from, long to) throws IOException {
        return reader.read(persistenceId, from, to, EventReader.EVENTS_AT_ONCE);
    }

    /** Gives at most {@code most} events of a stream to a consumer, in order. Blocks. */
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
     * Events after an ordinal, in the order of storing, without deleted ones.
     *
     * @param events may be empty although there are more events after {@code last}
     * @param last the ordinal up to which this piece goes
     */
    public record Piece(List<StoredEvent> events, long last) {}

    /** Reads the next piece. At the end of the journal, its {@code last} is the given ordinal. */
    public Piece readAfter(long ordinal) throws IOException {
        return reader.readAfter(ordinal, writing.lastOrdinal());
    }

    /** Completes when an event after this ordinal is durable: on the writing thread, so callbacks must name an executor. */
    public CompletionStage<Done> after(long ordinal) {
        return writing.after(ordinal);
    }

    /**
     * Gives the space of deleted events back to the disk. Blocks, for up to seconds per gigabyte. Reads and writes continue
     * during that time.
     */
    public synchronized void compact() throws IOException {
        // Only the writing thread may index the newest events. It does so at the beginning of the next group.
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

    /** The approximate size of a stream's events in bytes. */
    public long bytes(String persistenceId) throws IOException {
        Stream stream = writing.streams().find(persistenceId);
        if (stream == null) {
            return 0;
        }
        Extent extent = stream.durable();
        long from = extent.deletedTo() + 1;
        return index.bytes(stream.number(), from) + extent.newest().from(from).bytes();
    }

    /** Lists everything that is wrong in the journal, with its place. Blocks, and reports its progress. */
    public List<String> audit(LongConsumer eventsSeen) throws IOException {
        return new JournalAudit(database, index, writing.streams(), writing.lastOrdinal()).run(eventsSeen);
    }

    public WriterHealth writer() {
        return writer;
    }

    /** Writes the waiting submissions and closes the files. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        writer.close();
        try {
            if (writer.trouble() == null) {
                // The next start then has fewer events to read.
                writing.indexNewest();
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("The journal's index could not be written; the next start will take longer", e);
        } finally {
            index.close();
            database.close();
        }
    }
}
