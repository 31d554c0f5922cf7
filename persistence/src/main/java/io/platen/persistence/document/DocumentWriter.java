package io.platen.persistence.document;

import akka.util.ByteString;
import io.platen.persistence.Directories;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One document on its way to the disk: an unfinished file until it is durable, then its place. */
final class DocumentWriter {
    private static final Logger log = LoggerFactory.getLogger(DocumentWriter.class);

    private final String id;
    private final Path unfinished;
    private final Path home;
    private final Path place;
    private final FreeSpace space;
    private final FileChannel file;
    private final Sha256 sum = new Sha256();
    private long size;

    DocumentWriter(String id, Path unfinished, Path home, FreeSpace space) throws IOException {
        this.id = id;
        this.unfinished = unfinished;
        this.home = home;
        this.place = home.resolve(id);
        this.space = space;
        space.require(0);
        this.file = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(ByteString chunk) throws IOException {
        // Every time: many uploads at once would eat the journal's reserve between two looks.
        space.require(chunk.size());
        sum.add(chunk);
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
    }

    /** Durable when this returns: the bytes, and the name in its directory. */
    StoredDocument commit() throws IOException {
        try {
            file.force(true);
            file.close();
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(home);
        } catch (IOException e) {
            Files.deleteIfExists(place);
            throw StoreFullException.named(e);
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
