package io.platen.persistence.document;

import io.platen.persistence.Directories;
import io.platen.persistence.StoreDamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a document store, for tools that list, check and copy them. A server may use the store at the same time:
 * reading does not disturb it, and may or may not see what it writes or deletes. All methods block.
 */
public final class DocumentArchive {
    private static final Logger log = LoggerFactory.getLogger(DocumentArchive.class);
    private static final String SEGMENTS = "segments";
    private static final String STORED = "stored";
    private static final int LARGEST_SMALL = 1024 * 1024;

    private final Path root;

    public DocumentArchive(Path root) {
        this.root = root;
    }

    @FunctionalInterface
    public interface ArchiveReader {
        void document(String id, byte[] content) throws IOException;
    }

    /**
     * Gives every whole small document to a visitor, in order.
     *
     * @return for each segment that ends in bytes that are no document, their place: a write that a crash broke off and that
     *     was never acknowledged, or damage
     */
    public List<String> visitSmall(ArchiveReader visitor) throws IOException {
        var ends = new ArrayList<String>();
        for (Path file : list(root.resolve(SEGMENTS))) {
            long segment = SegmentId.segmentOf(String.valueOf(file.getFileName()));
            if (segment < 0) {
                continue;
            }
            try {
                var scan = SegmentFile.scan(
                        file,
                        segment,
                        LARGEST_SMALL,
                        (offset, content) -> visitor.document(new SegmentId(segment, offset).toString(), content));
                if (!scan.isWhole()) {
                    ends.add("%s: %,d bytes from byte %,d on are no document"
                            .formatted(file, scan.size() - scan.end(), scan.end()));
                }
            } catch (NoSuchFileException gone) {
                log.debug("The server has deleted {}", file);
            }
        }
        return ends;
    }

    /** The ids of the large documents, each of which has a file of its own. */
    public List<String> large() throws IOException {
        var ids = new ArrayList<String>();
        for (Path shard : list(root.resolve(STORED))) {
            for (Path file : list(shard)) {
                ids.add(String.valueOf(file.getFileName()));
            }
        }
        return ids;
    }

    /** The bytes of a large document. */
    public InputStream openLarge(String id) throws IOException {
        return Files.newInputStream(largeFile(id));
    }

    /** The bytes of a document. Those of a small one are checked. */
    public InputStream open(StoredDocument document) throws IOException {
        var shared = SegmentId.parse(document.id());
        return shared.isPresent()
                ? new ByteArrayInputStream(SegmentFile.read(
                        segmentFile(shared.get()),
                        shared.get().segment(),
                        shared.get().offset(),
                        document.size()))
                : openLarge(document.id());
    }

    /** Reads all of a document and says what is wrong with it. */
    public Optional<String> damage(StoredDocument document) throws IOException {
        try (var bytes = new DigestInputStream(open(document), MessageDigest.getInstance("SHA-256"))) {
            long size = bytes.transferTo(OutputStream.nullOutputStream());
            String sha256 = HexFormat.of().formatHex(bytes.getMessageDigest().digest());
            return size == document.size() && sha256.equals(document.sha256())
                    ? Optional.empty()
                    : Optional.of("document %s is not as it was submitted: %,d bytes with SHA-256 %s"
                            .formatted(document.id(), size, sha256));
        } catch (NoSuchFileException e) {
            return Optional.of("document %s is missing: %s".formatted(document.id(), e.getMessage()));
        } catch (StoreDamagedException e) {
            return Optional.of("document %s is damaged: %s".formatted(document.id(), e.getMessage()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JRE has SHA-256", e);
        }
    }

    /** Appends a small document to the segment that its id names, of which it must be the next. */
    public void addSmall(String id, byte[] content) throws IOException {
        SegmentId place = SegmentId.parse(id).orElseThrow(() -> new IOException("Not a small document's id: " + id));
        Path file = segmentFile(place);
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            if (channel.size() == 0) {
                channel.write(ByteBuffer.wrap(SegmentFile.MAGIC));
            }
            if (channel.size() != place.offset()) {
                throw new IOException(
                        "Document %s cannot be added: its segment has %,d bytes".formatted(id, channel.size()));
            }
            ByteBuffer bytes = ByteBuffer.wrap(content);
            channel.write(SegmentFile.header(place.segment(), place.offset(), bytes));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Appends to a large document. */
    public void addLarge(String id, byte[] part) throws IOException {
        Path file = largeFile(id);
        Files.createDirectories(file.getParent());
        Files.write(file, part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Makes everything that was added durable. */
    public void sync() throws IOException {
        var folders = new ArrayList<Path>(List.of(root.resolve(SEGMENTS)));
        folders.addAll(list(root.resolve(STORED)));
        for (Path folder : folders) {
            for (Path file : list(folder)) {
                Directories.syncFile(file);
            }
            if (Files.isDirectory(folder)) {
                Directories.sync(folder);
            }
        }
    }

    private Path segmentFile(SegmentId id) {
        return root.resolve(SEGMENTS).resolve(SegmentId.fileName(id.segment()));
    }

    private Path largeFile(String id) throws IOException {
        if (!DocumentStore.isLargeId(id)) {
            throw new IOException("Not a document's id: " + id);
        }
        return root.resolve(STORED).resolve(id.substring(0, 2)).resolve(id);
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
