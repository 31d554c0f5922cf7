package io.platen.persistence.document;

import akka.NotUsed;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.Directories;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.commit.WriterHealth;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Print data on disk: small documents in shared segments ({@link Segments}), large ones in a file each.
 *
 * <p>A large document is written to {@code incoming/}, synced, and moved to {@code stored/}, which is synced too, so a file in
 * {@code stored/} is always whole. Files in {@code incoming/} when the store opens are uploads that a crash broke off; they are
 * removed.
 */
public final class DocumentStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);
    /** Runs what is done beside the writing: checksums of large documents, and syncs. */
    public static final String BESIDE_DISPATCHER = "platen.persistence.beside-dispatcher";

    private static final String DISPATCHER = "platen.persistence.blocking-dispatcher";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int SHARDS = 256;
    private static final long RECENT_BYTES = 16L * 1024 * 1024;

    /** Documents up to this size stay in memory for {@link #takeFromMemory}. */
    public static final int KEPT_IN_MEMORY_BYTES = 16 * 1024;

    private final Path incoming;
    private final Path documents;
    private final Segments segments;
    private final FreeSpace space;
    private final int smallBytes;
    private final Executor beside;
    private final RecentDocuments recent = new RecentDocuments(RECENT_BYTES);

    private DocumentStore(
            Path incoming, Path documents, Segments segments, FreeSpace space, int smallBytes, Executor beside) {
        this.incoming = incoming;
        this.documents = documents;
        this.segments = segments;
        this.space = space;
        this.smallBytes = smallBytes;
        this.beside = beside;
    }

    /**
     * Opens the store in this directory, which is made when it is missing.
     *
     * @param beside completes the storing of small documents ({@link io.platen.persistence.commit.GroupCommit}), and computes
     *     the checksums of large ones while they are written; not the executor that writes, which may wait for this one
     */
    public static DocumentStore open(Path directory, FreeSpace space, DocumentSettings settings, Executor beside)
            throws IOException {
        Path incoming = Files.createDirectories(directory.resolve("incoming"));
        Path documents = Files.createDirectories(directory.resolve("stored"));
        for (int shard = 0; shard < SHARDS; shard++) {
            Files.createDirectories(documents.resolve("%02x".formatted(shard)));
        }
        Directories.sync(documents);
        Directories.sync(directory);
        try (Stream<Path> unfinished = Files.list(incoming)) {
            for (Path file : (Iterable<Path>) unfinished::iterator) {
                log.info("Removing an unfinished upload: {}", file.getFileName());
                Files.delete(file);
            }
        }
        var segments = Segments.open(directory.resolve("segments"), space, settings, Clock.systemUTC(), beside);
        Directories.sync(directory);
        return new DocumentStore(incoming, documents, segments, space, settings.smallBytes(), beside);
    }

    /** Stores a stream. Completes when the document is durable; a failure leaves no document. */
    public Sink<ByteString, CompletionStage<StoredDocument>> store() {
        return Sink.fromGraph(new DocumentSink(this)).withAttributes(ActorAttributes.dispatcher(DISPATCHER));
    }

    /** Whether a document of this size can be stored with {@link #storeSmall}. */
    public boolean isSmall(long bytes) {
        return bytes <= smallBytes;
    }

    /** Stores a small document. Does not block. Completes on a writing thread, so callbacks must name an executor. */
    public CompletionStage<StoredDocument> storeSmall(ByteString content) {
        var sum = new Sha256();
        sum.add(content);
        String sha256 = sum.hex();
        return segments.append(content)
                .thenApplyAsync(
                        id -> {
                            var document = new StoredDocument(id.toString(), content.size(), sha256);
                            if (content.size() <= KEPT_IN_MEMORY_BYTES) {
                                recent.add(document.id(), content);
                            }
                            return document;
                        },
                        Runnable::run);
    }

    /** The bytes of a small document that was stored a moment ago. They are returned once; after that, {@link #read} them. */
    public Optional<ByteString> takeFromMemory(StoredDocument document) {
        return recent.take(document.id());
    }

    /**
     * The bytes of a document. Fails with {@link NoSuchFileException} when there is no such document (any more). Fails before
     * the last chunk with {@link StoreDamagedException} or {@link DocumentDamagedException} when the checksum differs.
     */
    public Source<ByteString, NotUsed> read(StoredDocument document) {
        Source<ByteString, ?> bytes = SegmentId.parse(document.id())
                .<Source<ByteString, ?>>map(id -> Source.lazySource(
                                () -> Source.single(ByteString.fromArrayUnsafe(segments.read(id, document.size()))))
                        .withAttributes(ActorAttributes.dispatcher(DISPATCHER)))
                .orElseGet(() -> Source.lazySource(() -> FileIO.fromPath(place(document.id()), CHUNK_BYTES)));
        return bytes.via(new ChecksumGuard(document)).mapMaterializedValue(ignored -> NotUsed.getInstance());
    }

    /**
     * Copies a stored document. A large one on the same disk is linked, which takes no space. The copy is durable when this
     * returns, and stays when the store deletes the document.
     *
     * @throws NoSuchFileException when there is no such document (any more)
     */
    public void export(StoredDocument document, Path file) throws IOException {
        var shared = SegmentId.parse(document.id());
        if (shared.isPresent()) {
            byte[] content = segments.read(shared.get(), document.size());
            space.require(content.length);
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
            Directories.syncFile(file);
            return;
        }
        Path stored = place(document.id());
        try {
            Files.createLink(file, stored);
        } catch (UnsupportedOperationException | FileSystemException e) {
            space.require(document.size());
            Files.copy(stored, file);
            Directories.syncFile(file);
        }
    }

    public boolean exists(StoredDocument document) {
        return SegmentId.parse(document.id()).map(segments::exists).orElseGet(() -> Files.exists(place(document.id())));
    }

    /** Removes a large document, if it exists. A small one is removed with its segment, see {@link #deleteUnused}. */
    public void delete(String id) throws IOException {
        if (SegmentId.parse(id).isEmpty()) {
            Files.deleteIfExists(place(id));
        }
    }

    /**
     * Removes every file that was stored before a moment and holds no document in use.
     *
     * @return how many files were removed
     */
    public int deleteUnused(Set<String> used, Instant storedBefore) throws IOException {
        var usedSegments = used.stream()
                .flatMap(id -> SegmentId.parse(id).stream())
                .map(SegmentId::segment)
                .collect(Collectors.toSet());
        int deleted = segments.deleteUnused(usedSegments, storedBefore);
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

    /** The writer of small documents. */
    public WriterHealth writer() {
        return segments.writer();
    }

    @Override
    public void close() {
        segments.close();
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
        return new DocumentWriter(id, incoming.resolve(id), shard(id), space, beside);
    }

    /** Whether this can be the id of a large document. */
    static boolean isLargeId(String id) {
        return ID.matcher(id).matches();
    }

    private Path place(String id) {
        if (!isLargeId(id)) {
            throw new IllegalArgumentException("Not a document's id: " + id);
        }
        return shard(id).resolve(id);
    }

    private Path shard(String id) {
        return documents.resolve(id.substring(0, 2));
    }
}
