package io.platen.persistence.journal;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.Database.Entry;
import io.platen.persistence.journal.Streams.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which blocks a stream's events are in, but for those of the newest events, which {@link Streams} has.
 *
 * <p>A database of its own, because its keys lie in all of their range: among the events they would make LevelDB merge
 * these again and again. For the same reason it is written for many thousands of events at once. It says nothing that
 * the events do not say: when it is missing or damaged, it is made anew from them.
 */
final class StreamIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamIndex.class);
    private static final byte[] FORMAT_1 = "platen-journal-index-1".getBytes(StandardCharsets.US_ASCII);
    private static final int WRITE_BUFFER_BYTES = 1024 * 1024;

    private final Path directory;
    private final Database database;
    private volatile long through;

    private StreamIndex(Path directory, Database database) throws IOException {
        this.directory = directory;
        this.database = database;
        readHead();
    }

    /** Its place in a journal's directory. */
    static Path directory(Path journal) {
        return journal.resolve("index");
    }

    /** Opens the index of the journal in this directory; an empty one when there is none that can be used. */
    static StreamIndex open(Path journal) throws IOException {
        Path directory = directory(journal);
        try {
            return openAsItIs(directory);
        } catch (StoreDamagedException e) {
            giveUp(directory, e);
            return openAsItIs(directory);
        }
    }

    /** Every damage in the files of the index of the journal in this directory, when there is one. */
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

    /** Opens it again after a failure. */
    void reopen() throws IOException {
        try {
            database.reopen();
            readHead();
        } catch (StoreDamagedException e) {
            database.close();
            giveUp(directory, e);
            database.reopen();
            readHead();
        }
    }

    private static void giveUp(Path directory, StoreDamagedException damage) throws IOException {
        log.warn(
                "The journal's index in {} is made anew from the events, because it is damaged: {}",
                directory,
                damage.getMessage());
        List<Path> files;
        try (var listed = Files.list(directory)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private void readHead() throws IOException {
        byte[] format = database.get(Table.FORMAT_KEY);
        if (format == null) {
            try (Database.Group first = database.begin()) {
                first.put(Table.FORMAT_KEY, FORMAT_1);
                database.write(first);
            }
        } else if (!Arrays.equals(format, FORMAT_1)) {
            throw new StoreDamagedException(directory + " is of a format that this Platen does not know");
        }
        byte[] indexed = database.get(Table.INDEXED_KEY);
        through = indexed == null
                ? 0
                : Keys.sound(new Entry(Table.INDEXED_KEY, indexed), "the end of the index")
                        .getLong();
    }

    /** The ordinal of the last event that is in it. */
    long through() {
        return through;
    }

    /** Adds what these streams have of newest events, which are all up to an ordinal. Durable when it returns. */
    void add(Collection<Stream> streams, long throughOrdinal) throws IOException {
        try (Database.Group group = database.begin()) {
            for (Stream stream : streams) {
                Places newest = stream.durable().newest();
                if (!newest.isEmpty()) {
                    group.put(newest.entry(stream.number()));
                }
            }
            group.put(Table.seal(Table.INDEXED_KEY, Table.value(Long.BYTES).putLong(throughOrdinal)));
            database.write(group);
        }
        through = throughOrdinal;
    }

    /** The places of a part of a stream that an event is in or would be in; null when they begin behind it. */
    @Nullable
    Places at(int stream, long sequence) throws IOException {
        return places(database.last(Table.placesKey(stream, 0), Table.placesKey(stream, sequence + 1)));
    }

    /** The places of the first part that begins behind an event; null when there is none. */
    @Nullable
    Places after(int stream, long sequence) throws IOException {
        List<Entry> next =
                database.read(Table.placesKey(stream, sequence + 1), Table.placesKey(stream, Long.MAX_VALUE), 1, 1);
        return places(next.isEmpty() ? null : next.get(0));
    }

    private static @Nullable Places places(@Nullable Entry entry) throws StoreDamagedException {
        return entry == null ? null : Places.of(entry);
    }

    /** The number of the last event of a stream that is in it; 0 when there is none. */
    long last(int stream) throws IOException {
        Places last = at(stream, Long.MAX_VALUE - 1);
        return last == null ? 0 : last.last();
    }

    /** About how many bytes a stream's events from one on take. */
    long bytes(int stream, long from) throws IOException {
        long bytes = 0;
        Places first = at(stream, from);
        for (Places places = first == null ? after(stream, from) : first;
                places != null;
                places = after(stream, places.first())) {
            bytes += places.from(from).bytes();
        }
        return bytes;
    }

    /** The parts of a stream that begin from one number to before another, up to so many. */
    List<Places> parts(int stream, long from, long before, int most) throws IOException {
        var parts = new ArrayList<Places>();
        for (Entry entry :
                database.read(Table.placesKey(stream, from), Table.placesKey(stream, before), most, Long.MAX_VALUE)) {
            parts.add(Places.of(entry));
        }
        return parts;
    }

    /** Takes the events before a number out of parts of a stream. */
    void cut(int stream, Collection<Places> parts, long from) throws IOException {
        try (Database.Group group = database.begin()) {
            for (Places part : parts) {
                Places left = part.from(from);
                group.delete(Table.placesKey(stream, part.first()));
                if (!left.isEmpty()) {
                    group.put(left.entry(stream));
                }
            }
            database.write(group);
        }
    }

    /** Gives the space of what was cut away back. */
    void compact() throws IOException {
        database.compact(Table.PLACES.start(), Table.PLACES.end());
    }

    @Override
    public void close() {
        database.close();
    }
}
