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
 * The files of a document store, for tools: looked through, checked, and made again elsewhere. Reading does no harm
 * to a server that uses the store; what it writes or deletes meanwhile may be seen or not. All methods block.
 */
public final class DocumentArchive {
    private static final Logger log = LoggerFactory.getLogger(DocumentArchive.class);
    private static final String SEGMENTS = "segments";
    private static final String STORED = "stored";
    private static final int LARGEST_SMALL = 1024 * 1024;

    private final Path root;

    /** The store in this directory. */
    public DocumentArchive(Path root) {
        this.root = root;
    }

    /** Sees small documents. */
    @FunctionalInterface
    public interface Visitor {
        /** One of them. */
        void document(String id, byte[] content) throws IOException;
    }

    /**
     * Gives every whole document of the segments to a visitor, in order.
     *
     * @return where a segment holds something else behind them: what a crash left of a write that was never
     *     acknowledged, or damage
     */
    public List<String> visitSmall(Visitor visitor) throws IOException {
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
                log.debug("A server needs {} no more", file);
            }
        }
        return ends;
    }

    /** The ids of the documents that have a file of their own. */
    public List<String> large() throws IOException {
        var ids = new ArrayList<String>();
        for (Path shard : list(root.resolve(STORED))) {
            for (Path file : list(shard)) {
                ids.add(String.valueOf(file.getFileName()));
            }
        }
        return ids;
    }

    /** The bytes of a document that has a file of its own. */
    public InputStream openLarge(String id) throws IOException {
        return Files.newInputStream(largeFile(id));
    }

    /** A document's bytes; those of a small one are checked. */
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

    /** What is wrong with a document; reads all of it. */
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

    /** Appends a small document in the place that its id names, which must be the next one in its segment. */
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

    /** Appends to a document that has a file of its own. */
    public void addLarge(String id, byte[] part) throws IOException {
        Path file = largeFile(id);
        Files.createDirectories(file.getParent());
        Files.write(file, part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Makes all that was added durable. */
    public void sync() throws IOException {
        var folders = new ArrayList<Path>(List.of(root.resolve(SEGMENTS)));
        folders.addAll(list(root.resolve(STORED)));
        for (Path folder : folders) {
            for (Path file : list(folder)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
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
