package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreUnavailableException;
import io.platen.persistence.journal.Streams.Stream;
import io.platen.persistence.leveldb.Database;
import io.platen.persistence.leveldb.Database.Entry;
import io.platen.persistence.leveldb.JournalFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which blocks hold a stream's events. {@link Streams} has the places of the newest events.
 *
 * <p>The index has a database of its own because its keys are scattered: in the database of the events they would make LevelDB
 * merge these again and again. For the same reason it is written for many thousands of events at once. It holds nothing that
 * the events do not say, so it is rebuilt from them when it is missing or damaged.
 */
public final class StreamIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamIndex.class);
    private static final byte[] FORMAT_1 = "platen-journal-index-1".getBytes(StandardCharsets.US_ASCII);
    private static final int WRITE_BUFFER_BYTES = 1024 * 1024;

    private final Path directory;
    private final Database database;
    private volatile long through;

    /** How often the index was rebuilt. */
    private final AtomicInteger generation = new AtomicInteger();

    private volatile boolean isWhole = true;
    private boolean suspect;

    private StreamIndex(Path directory, Database database) throws IOException {
        this.directory = directory;
        this.database = database;
        readHead();
    }

    /** The directory of a journal's index. */
    public static Path directory(Path journal) {
        return journal.resolve("index");
    }

    /** Opens the index of the journal in this directory. When it is missing or damaged, begins an empty one. */
    static StreamIndex open(Path journal) throws IOException {
        Path directory = directory(journal);
        try {
            return openAsItIs(directory);
        } catch (StoreDamagedException e) {
            giveUp(directory, e);
            return openAsItIs(directory);
        }
    }

    /** Lists the damages in the files of the index of the journal in this directory. */
    static List<String> damage(Path journal) throws IOException {
        Path directory = directory(journal);
        try {
            return Files.isDirectory(directory) && JournalFiles.exist(directory)
                    ? JournalFiles.damage(directory)
                    : List.of();
        } catch (StoreDamagedException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static StreamIndex openAsItIs(Path directory) throws IOException {
        Database database = Database.open(directory, WRITE_BUFFER_BYTES);
        try {
            return new StreamIndex(directory, database);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the index again after a failure. An index that could not be written is rebuilt. */
    void reopen() throws IOException {
        if (suspect) {
            makeAnew(new StoreDamagedException("it could not be written"));
            return;
        }
        try {
            database.reopen();
            readHead();
        } catch (StoreDamagedException e) {
            makeAnew(e);
        }
    }

    /** Begins an empty index. It cannot be read until it has all events again. */
    void makeAnew(StoreDamagedException damage) throws IOException {
        isWhole = false;
        generation.incrementAndGet();
        database.close();
        giveUp(directory, damage);
        database.reopen();
        readHead();
        suspect = false;
    }

    /** The index has all events but the newest again, and may be read. */
    void whole() {
        isWhole = true;
    }

    int generation() {
        return generation.get();
    }

    private static void giveUp(Path directory, StoreDamagedException damage) throws IOException {
        log.warn(
                "The journal's index in {} is damaged and is rebuilt from the events: {}",
                directory,
                damage.getMessage());
        List<Path> files;
        try (var listed = Files.list(directory)) {
            files = listed.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private void readHead() throws IOException {
        byte[] format = database.get(JournalTable.FORMAT_KEY);
        if (format == null) {
            try (Database.Group first = database.begin()) {
                first.put(JournalTable.FORMAT_KEY, FORMAT_1);
                database.write(first);
            }
        } else if (!Arrays.equals(format, FORMAT_1)) {
            throw new StoreDamagedException(directory + " has a format that this Platen does not know");
        }
        byte[] indexed = database.get(JournalTable.INDEXED_KEY);
        through = indexed == null
                ? 0
                : JournalTable.sound(new Entry(JournalTable.INDEXED_KEY, indexed), () -> "the end of the index")
                        .getLong();
    }

    /** The ordinal of the last event in the index. */
    long through() {
        return through;
    }

    /** Adds the newest events of these streams, which go up to an ordinal. Durable when this returns. */
    void add(Collection<Stream> streams, long throughOrdinal) throws IOException {
        try (Database.Group group = database.begin()) {
            for (Stream stream : streams) {
                Places newest = stream.durable().newest();
                if (!newest.isEmpty()) {
                    group.put(newest.entry(stream.number()));
                }
            }
            group.put(JournalTable.seal(
                    JournalTable.INDEXED_KEY, JournalTable.value(Long.BYTES).putLong(throughOrdinal)));
            database.write(group);
        } catch (IOException e) {
            suspect = true;
            throw e;
        }
        through = throughOrdinal;
    }

    /** The first part of a stream with an event of at least this number; null when there is none. */
    @Nullable
    Places from(int stream, long sequence) throws IOException {
        List<Places> parts = parts(stream, sequence, 1);
        return parts.isEmpty() ? null : parts.get(0);
    }

    /** At most {@code most} parts of a stream with events of at least this number. */
    List<Places> parts(int stream, long sequence, int most) throws IOException {
        if (!isWhole) {
            throw new StoreUnavailableException("The journal's index is being rebuilt");
        }
        var parts = new ArrayList<Places>();
        for (Entry entry : database.read(
                JournalTable.placesKey(stream, sequence),
                JournalTable.placesKey(stream, Long.MAX_VALUE),
                most,
                Long.MAX_VALUE)) {
            parts.add(Places.of(entry));
        }
        return parts;
    }

    /** The number of a stream's last event in the index; 0 when there is none. */
    long last(int stream) throws IOException {
        Entry last = database.last(JournalTable.placesKey(stream, 0), JournalTable.placesKey(stream, Long.MAX_VALUE));
        return last == null ? 0 : JournalTable.lastSequence(last.key());
    }

    /** The approximate size in bytes of a stream's events from {@code first} on. */
    long bytes(int stream, long first) throws IOException {
        long bytes = 0;
        for (Places part = from(stream, first); part != null; part = from(stream, part.last() + 1)) {
            bytes += part.from(first).bytes();
        }
        return bytes;
    }

    /** A part of a stream, and what is left of it. */
    record Cut(int stream, Places part, Places left) {}

    /** Replaces parts by what is left of them. Durable when this returns. */
    void cut(List<Cut> cuts, int ofGeneration) throws IOException {
        if (generation() != ofGeneration) {
            throw new StoreUnavailableException("The journal's index was rebuilt during the compaction");
        }
        try (Database.Group group = database.begin()) {
            for (Cut cut : cuts) {
                // What is left has the same key, which is that of the last event.
                if (cut.left().isEmpty()) {
                    group.delete(JournalTable.placesKey(cut.stream(), cut.part().last()));
                } else {
                    group.put(cut.left().entry(cut.stream()));
                }
            }
            database.write(group);
        }
    }

    /** Gives the space of cut parts back. */
    void compact() throws IOException {
        database.compact(JournalTable.PLACES.start(), JournalTable.PLACES.end());
    }

    @Override
    public void close() {
        database.close();
    }
}
