package io.platen.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches the room on the disk of the data directory.
 *
 * <p>LevelDB maps its log into memory: a full disk is not an error there but a SIGBUS, which ends the
 * process. So nothing is accepted that would eat into the reserve; it stays for the events of jobs
 * that are accepted already.
 */
public final class FreeSpace {
    private final FileStore disk;
    private final long reserveBytes;

    /** Watches the disk that holds this existing directory. */
    public FreeSpace(Path directory, long reserveBytes) throws IOException {
        this.disk = Files.getFileStore(directory);
        this.reserveBytes = reserveBytes;
    }

    /** Bytes that the disk has left for this process, the reserve included. */
    public long usableBytes() {
        return availableBytes() + reserveBytes;
    }

    /** Bytes that may be used beyond the reserve; negative when the reserve is in use. */
    public long availableBytes() {
        try {
            return disk.getUsableSpace() - reserveBytes;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot ask for the free space of " + disk, e);
        }
    }

    /**
     * Whether even the journal may be written. Below half of the reserve it may not: somebody else has
     * filled the disk, and LevelDB may need the rest to rewrite its tables.
     */
    public boolean allowsEvents() {
        return usableBytes() >= reserveBytes / 2;
    }

    /**
     * Makes sure that so many bytes fit.
     *
     * @throws StoreFullException when they don't
     */
    public void require(long bytes) throws StoreFullException {
        long available = availableBytes();
        if (available < bytes) {
            throw new StoreFullException(
                    "The disk of the data directory has no room for %,d more bytes beyond its reserve of %,d"
                            .formatted(bytes, reserveBytes));
        }
    }
}
