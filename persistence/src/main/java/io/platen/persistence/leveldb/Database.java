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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.Range;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.jspecify.annotations.Nullable;

/**
 * LevelDB, as much of it as a journal needs: groups of puts and deletes with one sync, and reading by ranges.
 *
 * <p>The native handle must not be used once it is closed, which would end the process; so closing waits
 * for every read, and nobody keeps an iterator: ranges are read in pieces.
 */
public final class Database implements AutoCloseable {
    private static final int OPEN_TABLES = 500;

    private final Path directory;
    private final int writeBufferBytes;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable DB open;

    /** A key with its value. */
    public record Entry(byte[] key, byte[] value) {}

    /** What is written together. Closed with the group. */
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

        int operations() {
            return operations;
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
     * Opens the database in this directory, which is made when it is missing.
     *
     * @throws StoreDamagedException when its files are not as they were written
     */
    public static Database open(Path directory, int writeBufferBytes) throws IOException {
        Files.createDirectories(directory);
        NativeLibrary.unpackBeside(directory);
        var database = new Database(directory, writeBufferBytes);
        database.reopen();
        return database;
    }

    /** Looks at the files and opens them, again or for the first time. */
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
            // Without compression: a table can be checked by anyone, and disks are larger than they are fast.
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
                    "LevelDB's native library does not load on this machine (%s, %s). It does on Linux and macOS with x86-64."
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
        lock.readLock().lock();
        try {
            return handle().get(key, reading());
        } catch (RuntimeException e) {
            throw damaged(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * The entries from one key to before another, in order, up to a number and about so many bytes, but at
     * least one.
     */
    public List<Entry> read(byte[] from, byte[] before, int most, long mostBytes) throws IOException {
        lock.readLock().lock();
        try (DBIterator iterator = handle().iterator(reading())) {
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
        } catch (RuntimeException e) {
            throw damaged(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * The last entry before a key that is not before another one; null when there is none.
     *
     * <p>Looked for backwards, and made sure of forwards: while others write, LevelDB's iterator passes over entries
     * now and then when it turns around.
     */
    @Nullable
    public Entry last(byte[] from, byte[] before) throws IOException {
        while (true) {
            Entry found = lookBack(from, before);
            byte[] behind = found == null ? from : Keys.after(found.key());
            if (read(behind, before, 1, 1).isEmpty()) {
                return found;
            }
        }
    }

    private @Nullable Entry lookBack(byte[] from, byte[] before) throws IOException {
        lock.readLock().lock();
        try (DBIterator iterator = handle().iterator(reading())) {
            iterator.seek(before);
            if (!iterator.hasNext()) {
                iterator.seekToLast();
                if (!iterator.hasNext()) {
                    return null;
                }
                Map.Entry<byte[], byte[]> last = iterator.peekNext();
                if (Arrays.compareUnsigned(last.getKey(), before) < 0) {
                    return within(from, last);
                }
            }
            return iterator.hasPrev() ? within(from, iterator.peekPrev()) : null;
        } catch (RuntimeException e) {
            throw damaged(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static @Nullable Entry within(byte[] from, Map.Entry<byte[], byte[]> found) {
        return Arrays.compareUnsigned(found.getKey(), from) < 0 ? null : new Entry(found.getKey(), found.getValue());
    }

    /** About how many bytes of tables the entries from one key to before another take. */
    long tableBytes(byte[] from, byte[] before) throws IOException {
        lock.readLock().lock();
        try {
            return handle().getApproximateSizes(new Range(from, before))[0];
        } catch (RuntimeException e) {
            throw damaged(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Gives the space of deleted entries back. Takes seconds for each gigabyte; reads and writes go on. */
    public void compact(byte[] from, byte[] before) throws IOException {
        lock.readLock().lock();
        try {
            handle().compactRange(from, before);
        } catch (RuntimeException e) {
            throw damaged(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes it, when nobody reads any more. */
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

    private static ReadOptions reading() {
        return new ReadOptions().verifyChecksums(true);
    }

    /** Iterators throw LevelDB's errors in another wrapping than the rest. */
    private StoreDamagedException damaged(RuntimeException e) {
        return new StoreDamagedException(
                "LevelDB cannot read " + directory + ": " + e.getMessage()
                        + ". ./platen journal verify names the place",
                e);
    }
}
