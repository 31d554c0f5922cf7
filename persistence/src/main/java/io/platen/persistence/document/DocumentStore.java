package io.platen.persistence.document;

import akka.NotUsed;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.Directories;
import io.platen.persistence.FreeSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Print data on disk, a file each.
 *
 * <p>A document is written to {@code incoming/}, synced, and moved to its place, which is synced too:
 * what is in its place is whole. What is left in {@code incoming/} when the store opens is of uploads
 * that a crash broke off, and is removed.
 */
public final class DocumentStore {
    private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);
    private static final String DISPATCHER = "platen.persistence.blocking-dispatcher";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int SHARDS = 256;

    private final Path incoming;
    private final Path documents;
    private final FreeSpace space;

    private DocumentStore(Path incoming, Path documents, FreeSpace space) {
        this.incoming = incoming;
        this.documents = documents;
        this.space = space;
    }

    /** Opens the store in this directory, which is made when it is missing. */
    public static DocumentStore open(Path directory, FreeSpace space) throws IOException {
        Path incoming = Files.createDirectories(directory.resolve("incoming"));
        Path documents = Files.createDirectories(directory.resolve("stored"));
        for (int shard = 0; shard < SHARDS; shard++) {
            Files.createDirectories(documents.resolve("%02x".formatted(shard)));
        }
        Directories.sync(documents);
        Directories.sync(directory);
        try (Stream<Path> unfinished = Files.list(incoming)) {
            for (Path file : (Iterable<Path>) unfinished::iterator) {
                log.info("Removing an upload that was broken off: {}", file.getFileName());
                Files.delete(file);
            }
        }
        return new DocumentStore(incoming, documents, space);
    }

    /** Stores a stream; completes when the document is durable, and fails leaving nothing. */
    public Sink<ByteString, CompletionStage<StoredDocument>> store() {
        return Sink.fromGraph(new DocumentSink(this)).withAttributes(ActorAttributes.dispatcher(DISPATCHER));
    }

    /**
     * A document's bytes. Fails with {@link NoSuchFileException} when it is not there (any more) and with
     * {@link DocumentDamagedException}, before the last chunk, when its checksum differs.
     */
    public Source<ByteString, NotUsed> read(StoredDocument document) {
        return Source.lazySource(() -> FileIO.fromPath(place(document.id()), CHUNK_BYTES))
                .via(new ChecksumGuard(document))
                .mapMaterializedValue(ignored -> NotUsed.getInstance());
    }

    /**
     * Gives a stored document a second name, on the same disk at no cost; else copies it. It is durable there
     * when this returns, and stays when the store deletes its own.
     *
     * @throws NoSuchFileException when it is not there (any more)
     */
    public void export(StoredDocument document, Path file) throws IOException {
        Path stored = place(document.id());
        try {
            Files.createLink(file, stored);
        } catch (UnsupportedOperationException | FileSystemException e) {
            space.require(document.size());
            Files.copy(stored, file);
            try (FileChannel copy = FileChannel.open(file, StandardOpenOption.WRITE)) {
                copy.force(true);
            }
        }
    }

    /** Whether it is there. */
    public boolean exists(StoredDocument document) {
        return Files.exists(place(document.id()));
    }

    /** Removes one, if it is there. */
    public void delete(String id) throws IOException {
        Files.deleteIfExists(place(id));
    }

    /** Removes every document that was stored before a moment and is not among those in use. */
    public int deleteUnused(Set<String> used, Instant storedBefore) throws IOException {
        int deleted = 0;
        for (int shard = 0; shard < SHARDS; shard++) {
            try (Stream<Path> files = Files.list(documents.resolve("%02x".formatted(shard)))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (!used.contains(String.valueOf(file.getFileName())) && deleteIfOlder(file, storedBefore)) {
                        deleted++;
                    }
                }
            }
        }
        return deleted;
    }

    private static boolean deleteIfOlder(Path file, Instant moment) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(moment) && Files.deleteIfExists(file);
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        }
    }

    DocumentWriter create() throws IOException {
        String id = UUID.randomUUID().toString();
        return new DocumentWriter(id, incoming.resolve(id), shard(id), space);
    }

    private Path place(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not a document's id: " + id);
        }
        return shard(id).resolve(id);
    }

    private Path shard(String id) {
        return documents.resolve(id.substring(0, 2));
    }
}
