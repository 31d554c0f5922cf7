package io.platen.persistence.document;

import akka.util.ByteString;
import io.platen.persistence.Directories;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one large document: an unfinished file, which is moved to its place when it is durable. Writing, computing the
 * checksum and syncing run at the same time, because each alone is slow.
 */
final class DocumentWriter {
    private static final Logger log = LoggerFactory.getLogger(DocumentWriter.class);

    /** How many chunks the checksum may lag behind the writing. */
    private static final int CHUNKS_BEHIND = 32;

    private static final long SYNC_EVERY_BYTES = 8L * 1024 * 1024;

    private final String id;
    private final Path unfinished;
    private final Path home;
    private final Path place;
    private final FreeSpace space;
    private final Executor beside;
    private final FileChannel file;
    private final Sha256 sum = new Sha256();
    private final Deque<CompletableFuture<?>> summing = new ArrayDeque<>();
    private CompletableFuture<?> syncing = CompletableFuture.completedFuture(null);
    private long size;
    private long syncedAt;

    DocumentWriter(String id, Path unfinished, Path home, FreeSpace space, Executor beside) throws IOException {
        this.id = id;
        this.unfinished = unfinished;
        this.home = home;
        this.place = home.resolve(id);
        this.space = space;
        this.beside = beside;
        space.require(0);
        this.file = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(ByteString chunk) throws IOException {
        // For every chunk: otherwise many concurrent uploads could use up the journal's reserve.
        space.require(chunk.size());
        CompletableFuture<?> before = summing.isEmpty() ? CompletableFuture.completedFuture(null) : summing.getLast();
        summing.addLast(before.thenRunAsync(() -> sum.add(chunk), beside));
        if (summing.size() > CHUNKS_BEHIND) {
            summing.removeFirst().join();
        }
        try {
            for (ByteBuffer buffer : chunk.getByteBuffers()) {
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
        } catch (IOException e) {
            throw StoreFullException.named(e);
        }
        size += chunk.size();
        if (size - syncedAt >= SYNC_EVERY_BYTES && syncing.isDone()) {
            join(syncing);
            syncedAt = size;
            syncing = CompletableFuture.runAsync(this::sync, beside);
        }
    }

    private void sync() {
        try {
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a sync, and throws when it failed: a later sync that succeeds does not make up for it. */
    private static void join(CompletableFuture<?> sync) throws IOException {
        try {
            sync.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException io ? io.getCause() : new IOException(e.getCause());
        }
    }

    /** Makes the bytes and the name in the directory durable. */
    StoredDocument commit() throws IOException {
        try {
            join(syncing);
            file.force(true);
            file.close();
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(home);
        } catch (IOException e) {
            Files.deleteIfExists(place);
            throw StoreFullException.named(e);
        }
        if (!summing.isEmpty()) {
            summing.getLast().join();
        }
        return new StoredDocument(id, size, sum.hex());
    }

    /** Removes the unfinished file. */
    void discard() {
        try {
            file.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            log.warn("An unfinished document could not be removed: {}", unfinished, e);
        }
    }
}
