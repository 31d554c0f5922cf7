package io.platen.persistence.journal.tools;

import io.platen.persistence.Directories;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.journal.StreamIndex;
import io.platen.persistence.leveldb.LogFile;
import io.platen.persistence.leveldb.Manifest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a consistent copy of a journal, even while a server writes it, and without the server's help.
 *
 * <p>LevelDB's tables never change, its manifest and logs only grow, and it deletes a file only after the manifest no longer
 * names it. So when the manifest is the same before and after the copying, every file that it names existed all the time. The
 * copy is the journal at one moment of that time. It may or may not have a write that was under way.
 */
public final class JournalCopy {
    private static final Logger log = LoggerFactory.getLogger(JournalCopy.class);
    private static final int TRIES = 100;
    private static final int LOG_TRIES = 5;
    private static final String CURRENT = "CURRENT";

    private JournalCopy() {}

    /**
     * Copies the journal in one directory to another, which must be new. Links tables where that is possible, which takes no
     * space.
     *
     * @throws StoreDamagedException when the files differ from what was written
     */
    public static void take(Path journal, Path copy) throws IOException {
        // The index first: it must not have events that the copy lacks.
        Path index = StreamIndex.directory(copy);
        try {
            if (Files.exists(StreamIndex.directory(journal))) {
                takeDatabase(StreamIndex.directory(journal), index);
            }
        } catch (IOException e) {
            log.warn("The index could not be copied; the copy of the journal will rebuild it: {}", e.toString());
            clear(index);
        }
        takeDatabase(journal, copy);
    }

    private static void takeDatabase(Path journal, Path copy) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Files.createDirectories(copy);
            try {
                if (tryToTake(journal, copy)) {
                    Directories.sync(copy);
                    return;
                }
            } catch (NoSuchFileException | StoreDamagedException e) {
                // The server may have deleted or replaced a file; if it fails every time, the journal is damaged.
                if (attempt >= TRIES) {
                    throw e;
                }
            }
            clear(copy);
            if (attempt >= TRIES) {
                throw new IOException(
                        "The journal changes too fast to be copied; try again when fewer jobs are printed");
            }
        }
    }

    private static boolean tryToTake(Path journal, Path copy) throws IOException {
        byte[] current = Files.readAllBytes(journal.resolve(CURRENT));
        Path file = Manifest.current(journal).file();
        byte[] before = Files.readAllBytes(file);
        Manifest manifest = Manifest.of(file, before);
        write(copy.resolve(String.valueOf(manifest.file().getFileName())), before);
        // Only tables that the manifest names. The copy would give the number of an unfinished table to a table of its
        // own
        // and, as a link is the same file, overwrite the server's.
        for (long number : manifest.tables().keySet()) {
            Path table = Manifest.tableFile(journal, number);
            link(table, copy.resolve(String.valueOf(table.getFileName())));
        }
        for (Path log : logs(journal)) {
            copyLog(log, copy.resolve(journal.relativize(log)));
        }
        write(copy.resolve(CURRENT), current);
        return Arrays.equals(current, Files.readAllBytes(journal.resolve(CURRENT)))
                && Arrays.equals(before, Files.readAllBytes(manifest.file()));
    }

    /** A log that grows while it is read may seem to have a hole. A real hole is there every time. */
    private static void copyLog(Path log, Path target) throws IOException {
        for (int attempt = 1; attempt <= LOG_TRIES; attempt++) {
            write(target, Files.readAllBytes(log));
            if (LogFile.read(target).damage() != LogFile.Damage.HOLE) {
                return;
            }
        }
    }

    private static List<Path> logs(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, target);
            Directories.syncFile(target);
        }
    }

    private static void write(Path target, byte[] bytes) throws IOException {
        Files.write(target, bytes);
        Directories.syncFile(target);
    }

    private static void clear(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.delete(file);
            }
        }
    }
}
