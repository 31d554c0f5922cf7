package io.platen.persistence.leveldb;

import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.jspecify.annotations.Nullable;

/**
 * The part of LevelDB that a journal needs: groups of puts and deletes with one sync, and reading by ranges.
 *
 * <p>Using the native handle after it was closed would end the process. So closing waits for every read, and nobody keeps an
 * iterator: ranges are read in pieces.
 */
public final class Database implements AutoCloseable {
    private static final int OPEN_TABLES = 500;

    private final Path directory;
    private final int writeBufferBytes;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable DB open;

    public record Entry(byte[] key, byte[] value) {}

    /** Puts and deletes that are written together. */
    public static final class Group implements AutoCloseable {
        private final WriteBatch batch;
        private int operations;

        Group(WriteBatch batch) {
            this.batch = batch;
        }

        public void put(Entry entry) {
            put(entry.key(), entry.value());
        }

        public void put(byte[] key, byte[] value) {
            batch.put(key, value);
            operations++;
        }

        public void delete(byte[] key) {
            batch.delete(key);
            operations++;
        }

        public boolean isEmpty() {
            return operations == 0;
        }

        @Override
        public void close() throws IOException {
            batch.close();
        }
    }

    private Database(Path directory, int writeBufferBytes) {
        this.directory = directory;
        this.writeBufferBytes = writeBufferBytes;
    }

    /**
     * Opens the database in this directory, which is made if it is missing.
     *
     * @throws StoreDamagedException when its files differ from what was written
     */
    public static Database open(Path directory, int writeBufferBytes) throws IOException {
        Files.createDirectories(directory);
        NativeLibrary.unpackBeside(directory);
        var database = new Database(directory, writeBufferBytes);
        database.reopen();
        return database;
    }

    /** Checks the files and opens them, again or for the first time. */
    public void reopen() throws IOException {
        lock.writeLock().lock();
        try {
            closeNow();
            if (JournalFiles.exist(directory)) {
                JournalFiles.checkAndRepair(directory);
            }
            open = openNow();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private DB openNow() throws IOException {
        try {
            // No compression: a table can then be checked without LevelDB, and disk space is cheaper than time.
            DB opened = JniDBFactory.factory.open(
                    directory.toFile(),
                    new Options()
                            .createIfMissing(true)
                            .paranoidChecks(true)
                            .compressionType(CompressionType.NONE)
                            .maxOpenFiles(OPEN_TABLES)
                            .writeBufferSize(writeBufferBytes));
            NativeLibrary.narrow(directory);
            return opened;
        } catch (IOException | DBException e) {
            String message = "LevelDB cannot open " + directory + ": " + e.getMessage();
            throw String.valueOf(e.getMessage()).contains("Corruption")
                    ? new StoreDamagedException(message, e)
                    : new IOException(message, e);
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(
                    "LevelDB's native library does not load on this machine (%s, %s). Use Linux or macOS with x86-64."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    e);
        }
    }

    public Group begin() throws StoreUnavailableException {
        return new Group(handle().createWriteBatch());
    }

    /** Makes a group durable. */
    public void write(Group group) throws IOException {
        lock.readLock().lock();
        try {
            handle().write(group.batch, new WriteOptions().sync(true));
        } catch (DBException e) {
            throw new IOException("LevelDB could not write to %s: %s".formatted(directory, e.getMessage()), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    public byte @Nullable [] get(byte[] key) throws IOException {
        return reading(db -> db.get(key, checked()));
    }

    /**
     * The entries from one key to before another, in order: at most {@code most}, and about {@code mostBytes} of values, but
     * at least one.
     */
    public List<Entry> read(byte[] from, byte[] before, int most, long mostBytes) throws IOException {
        return reading(db -> {
            try (DBIterator iterator = db.iterator(checked())) {
                var entries = new ArrayList<Entry>();
                long bytes = 0;
                iterator.seek(from);
                while (entries.size() < most && bytes < mostBytes && iterator.hasNext()) {
                    Map.Entry<byte[], byte[]> next = iterator.next();
                    if (Arrays.compareUnsigned(next.getKey(), before) >= 0) {
                        break;
                    }
                    entries.add(new Entry(next.getKey(), next.getValue()));
                    bytes += next.getValue().length;
                }
                return entries;
            }
        });
    }

    /**
     * The last entry between two keys, the second one excluded; null when there is none.
     *
     * <p>Searches backwards, and then checks forwards: while others write, LevelDB's iterator sometimes skips entries when it
     * turns around.
     */
    @Nullable
    public Entry last(byte[] from, byte[] before) throws IOException {
        while (true) {
            Optional<Entry> found = lookBack(from, before);
            byte[] next = found.map(entry -> Keys.after(entry.key())).orElse(from);
            if (read(next, before, 1, 1).isEmpty()) {
                return found.orElse(null);
            }
        }
    }

    private Optional<Entry> lookBack(byte[] from, byte[] before) throws IOException {
        return reading(db -> {
            try (DBIterator iterator = db.iterator(checked())) {
                iterator.seek(before);
                if (!iterator.hasNext()) {
                    iterator.seekToLast();
                    if (!iterator.hasNext()) {
                        return Optional.empty();
                    }
                    Map.Entry<byte[], byte[]> last = iterator.peekNext();
                    if (Arrays.compareUnsigned(last.getKey(), before) < 0) {
                        return within(from, last);
                    }
                }
                return iterator.hasPrev() ? within(from, iterator.peekPrev()) : Optional.empty();
            }
        });
    }

    private static Optional<Entry> within(byte[] from, Map.Entry<byte[], byte[]> found) {
        return Arrays.compareUnsigned(found.getKey(), from) < 0
                ? Optional.empty()
                : Optional.of(new Entry(found.getKey(), found.getValue()));
    }

    /** Gives the space of deleted entries back. Takes seconds per gigabyte. Reads and writes continue. */
    public void compact(byte[] from, byte[] before) throws IOException {
        reading(db -> {
            db.compactRange(from, before);
            return db;
        });
    }

    private interface Reading<T> {
        T of(DB db) throws IOException;
    }

    /** Takes any RuntimeException for damage, because LevelDB's iterators wrap errors in other types than its methods. */
    private <T> T reading(Reading<T> work) throws IOException {
        lock.readLock().lock();
        try {
            return work.of(handle());
        } catch (RuntimeException e) {
            throw new StoreDamagedException(
                    "LevelDB cannot read " + directory + ": " + e.getMessage()
                            + ". Run ./platen journal verify to find the place",
                    e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for all reads, then closes the database. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closeNow();
        } catch (IOException e) {
            throw new IllegalStateException("LevelDB could not be closed", e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void closeNow() throws IOException {
        DB was = open;
        open = null;
        if (was != null) {
            was.close();
        }
    }

    private DB handle() throws StoreUnavailableException {
        DB now = open;
        if (now == null) {
            throw new StoreUnavailableException("The journal is closed");
        }
        return now;
    }

    private static ReadOptions checked() {
        return new ReadOptions().verifyChecksums(true);
    }
}
