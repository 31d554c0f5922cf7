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
 * One document on its way to the disk: an unfinished file until it is durable, then its place. Its checksum is made
 * beside the writing, and what is written goes to the disk beside that: each alone is slow enough.
 */
final class DocumentWriter {
    private static final Logger log = LoggerFactory.getLogger(DocumentWriter.class);

    /** How far the checksum may be behind. */
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
    private final Deque<CompletableFuture<?>> behind = new ArrayDeque<>();
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
        // Every time: many uploads at once would eat the journal's reserve between two looks.
        space.require(chunk.size());
        CompletableFuture<?> before = behind.isEmpty() ? CompletableFuture.completedFuture(null) : behind.getLast();
        behind.addLast(before.thenRunAsync(() -> sum.add(chunk), beside));
        if (behind.size() > CHUNKS_BEHIND) {
            behind.removeFirst().join();
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

    /** A sync that has failed is not made good by one that succeeds. */
    private static void join(CompletableFuture<?> sync) throws IOException {
        try {
            sync.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException io ? io.getCause() : new IOException(e.getCause());
        }
    }

    /** Durable when this returns: the bytes, and the name in its directory. */
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
        if (!behind.isEmpty()) {
            behind.getLast().join();
        }
        return new StoredDocument(id, size, sum.hex());
    }

    /** Leaves nothing behind. */
    void discard() {
        try {
            file.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            log.warn("An unfinished document could not be removed: {}", unfinished, e);
        }
    }
}
