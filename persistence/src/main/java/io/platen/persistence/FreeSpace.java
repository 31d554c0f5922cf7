package io.platen.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the free space on the disk of the data directory.
 *
 * <p>LevelDB maps its log into memory, so a full disk is not an error there but a SIGBUS, which ends the process. Therefore
 * no new document may use the reserve: it is kept for the events of jobs that are already accepted.
 *
 * <p>Asking the disk can block for an unknown time. A thread of its own asks it ten times a second; actors and HTTP use the
 * last answer, less the bytes granted since.
 */
public final class FreeSpace {
    private static final Logger log = LoggerFactory.getLogger(FreeSpace.class);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final List<WeakReference<FreeSpace>> WATCHED = new CopyOnWriteArrayList<>();

    static {
        var watcher = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "platen-free-space");
            thread.setDaemon(true);
            return thread;
        });
        var unused = watcher.scheduleWithFixedDelay(
                FreeSpace::lookAgain, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private final FileStore disk;
    private final long reserveBytes;
    private volatile long seenBytes;
    private final AtomicLong grantedSince = new AtomicLong();

    /** Watches the disk that holds this existing directory. */
    public FreeSpace(Path directory, long reserveBytes) throws IOException {
        this.disk = Files.getFileStore(directory);
        this.reserveBytes = reserveBytes;
        look();
        WATCHED.add(new WeakReference<>(this));
    }

    private static void lookAgain() {
        WATCHED.removeIf(reference -> reference.get() == null);
        WATCHED.stream().map(WeakReference::get).filter(Objects::nonNull).forEach(FreeSpace::tryToLook);
    }

    private void tryToLook() {
        try {
            var unused = look();
        } catch (UncheckedIOException e) {
            // The last answer stays in use. A writer gets the disk's own error.
            log.debug("{}", e.getMessage());
        }
    }

    private long look() {
        try {
            long granted = grantedSince.get();
            long usable = disk.getUsableSpace();
            seenBytes = usable;
            grantedSince.updateAndGet(now -> Math.max(0, now - granted));
            return usable;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot ask for the free space of " + disk, e);
        }
    }

    /** Free bytes for this process, the reserve included, when the disk was last asked. */
    public long usableBytes() {
        return seenBytes;
    }

    /**
     * Whether the journal may still be written. Below half of the reserve it may not: another program has filled the disk,
     * and LevelDB may need the rest to rewrite its tables.
     */
    public boolean allowsEvents() {
        return seenBytes >= reserveBytes / 2;
    }

    /** Like {@link #allowsEvents}, but asks the disk now, on the caller's thread. */
    public boolean allowsEventsNow() {
        return look() >= reserveBytes / 2;
    }

    /**
     * Whether this many bytes certainly fit without using the reserve. When this is false, {@link #require} asks the disk,
     * which may block.
     */
    public boolean surelyHas(long bytes) {
        if (seenBytes - grantedSince.addAndGet(bytes) >= reserveBytes) {
            return true;
        }
        grantedSince.addAndGet(-bytes);
        return false;
    }

    /**
     * Makes sure that this many bytes fit without using the reserve. Asks the disk, on the caller's thread, only when the
     * last answer does not settle it.
     *
     * @throws StoreFullException when they do not fit
     */
    public void require(long bytes) throws StoreFullException {
        if (surelyHas(bytes)) {
            return;
        }
        grantedSince.addAndGet(bytes);
        if (look() - bytes < reserveBytes) {
            throw new StoreFullException(
                    "The disk of the data directory has no room for %,d more bytes beyond its reserve of %,d"
                            .formatted(bytes, reserveBytes));
        }
    }
}
