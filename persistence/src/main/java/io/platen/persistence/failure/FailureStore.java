package io.platen.persistence.failure;

import io.platen.persistence.Directories;
import io.platen.persistence.FreeSpace;
import io.platen.persistence.StoreFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failed jobs on disk: a folder {@code PRINTER/JOB/} with the document and what is known of the failure.
 *
 * <p>A folder is made in {@code .incoming/}, synced, and moved to its place, which is synced too, so a folder in its place is
 * always whole. What is in {@code .incoming/} when the store opens is removed. All methods block.
 */
public final class FailureStore {
    private static final Logger log = LoggerFactory.getLogger(FailureStore.class);
    private static final String INCOMING = ".incoming";
    private static final Pattern PRINTER = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Path root;
    private final FreeSpace space;
    private final List<Entry> found;

    /** Names a folder. */
    public record Entry(String printer, int job) {}

    /** Puts the document into a folder that is being made. */
    @FunctionalInterface
    public interface DocumentCopy {
        void to(Path file) throws IOException;
    }

    private FailureStore(Path root, FreeSpace space, List<Entry> found) {
        this.root = root;
        this.space = space;
        this.found = found;
    }

    /** Opens the store in this directory, which is made if it is missing. */
    public static FailureStore open(Path root, FreeSpace space) throws IOException {
        Path incoming = Files.createDirectories(root.resolve(INCOMING));
        Directories.sync(root);
        for (Path unfinished : list(incoming)) {
            log.info("Removing the unfinished folder of a failed job: {}", unfinished.getFileName());
            deleteTree(unfinished);
        }
        return new FailureStore(root, space, entries(root));
    }

    /**
     * Stores a failure, which is durable when this returns. Replaces a folder of the same job.
     *
     * @throws StoreFullException when it does not fit on the disk
     */
    public void write(Entry entry, Map<String, byte[]> files, long documentSize, DocumentCopy document)
            throws IOException {
        space.require(
                documentSize + files.values().stream().mapToLong(f -> f.length).sum());
        Path unfinished = Files.createDirectory(
                root.resolve(INCOMING).resolve(UUID.randomUUID().toString()));
        try {
            document.to(unfinished.resolve("document"));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writeDurably(unfinished.resolve(file.getKey()), file.getValue());
            }
            Directories.sync(unfinished);
            Path home = root.resolve(entry.printer());
            if (Files.notExists(home)) {
                Files.createDirectories(home);
                Directories.sync(root);
            }
            put(unfinished, place(entry));
            Directories.sync(home);
        } catch (IOException e) {
            deleteTree(unfinished);
            throw StoreFullException.named(e);
        }
    }

    /** A folder cannot be moved over another, so the old one is moved away first. */
    private void put(Path finished, Path place) throws IOException {
        if (Files.exists(place)) {
            Path old = root.resolve(INCOMING).resolve(UUID.randomUUID().toString());
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
            deleteTree(old);
        } else {
            Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The folder of a failure, if there is one. */
    public Optional<Path> find(Entry entry) {
        Path place = place(entry);
        return Files.isDirectory(place) ? Optional.of(place) : Optional.empty();
    }

    /** Removes the folder of a failure, if there is one, and the printer's folder after its last failure. */
    public void delete(Entry entry) throws IOException {
        Path place = place(entry);
        if (!Files.isDirectory(place)) {
            return;
        }
        // Moved first, so that it vanishes at once although deleting it may take a while.
        Path old = root.resolve(INCOMING).resolve(UUID.randomUUID().toString());
        Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        deleteTree(old);
        try {
            Files.delete(root.resolve(entry.printer()));
        } catch (DirectoryNotEmptyException | NoSuchFileException othersAreThere) {
            log.trace("The printer's folder holds more failures, or is gone already: {}", entry.printer());
        }
    }

    /** The folders that were there when the store was opened. */
    public List<Entry> found() {
        return found;
    }

    /** Ignores files and folders that this store has not made. */
    private static List<Entry> entries(Path root) throws IOException {
        var entries = new ArrayList<Entry>();
        for (Path printer : list(root)) {
            String name = printer.getFileName().toString();
            if (!PRINTER.matcher(name).matches() || !Files.isDirectory(printer)) {
                continue;
            }
            for (Path job : list(printer)) {
                String number = job.getFileName().toString();
                if (NUMBER.matcher(number).matches()) {
                    entries.add(new Entry(name, Integer.parseInt(number)));
                }
            }
        }
        return List.copyOf(entries);
    }

    private Path place(Entry entry) {
        if (!PRINTER.matcher(entry.printer()).matches()) {
            throw new IllegalArgumentException("Not a printer's id: " + entry.printer());
        }
        return root.resolve(entry.printer()).resolve(Integer.toString(entry.job()));
    }

    private static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
