package io.platen.persistence.leveldb;

import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * LevelDB's list of its own files: the tables that hold the data, and the log with the data that is in no table yet.
 *
 * @param file the manifest itself
 * @param tables sizes by file number
 * @param log number of the oldest log that is still needed
 */
public record Manifest(Path file, SortedMap<Long, Long> tables, long log) {

    /**
     * Reads the current manifest.
     *
     * @throws StoreDamagedException when it is missing or damaged
     */
    public static Manifest current(Path directory) throws IOException {
        Path current = directory.resolve("CURRENT");
        String name;
        try {
            name = Files.readString(current, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            throw new StoreDamagedException("The journal's file " + current + " is missing", e);
        }
        Path file = directory.resolve(name);
        if (!name.startsWith("MANIFEST-") || Files.notExists(file)) {
            throw new StoreDamagedException(
                    "The journal's file %s names '%s', which does not exist".formatted(current, name));
        }
        return of(file, Files.readAllBytes(file));
    }

    /**
     * Reads a manifest from its bytes.
     *
     * @throws StoreDamagedException when it is damaged
     */
    public static Manifest of(Path file, byte[] bytes) throws StoreDamagedException {
        var log = LogFile.of(bytes);
        if (log.damage() == LogFile.Damage.HOLE || log.records().isEmpty()) {
            throw new StoreDamagedException("%s is damaged at byte %,d".formatted(file, log.end()));
        }
        var edits = new Edits();
        try {
            log.records().forEach(edits::apply);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new StoreDamagedException(file + " cannot be read: it is no manifest of LevelDB", e);
        }
        return new Manifest(file, Collections.unmodifiableSortedMap(edits.tables), edits.log);
    }

    /** The file of a table, under either of the two suffixes that LevelDB has used. */
    public static Path tableFile(Path directory, long number) {
        Path other = directory.resolve("%06d.ldb".formatted(number));
        return Files.exists(other) ? other : directory.resolve("%06d.sst".formatted(number));
    }

    static Path logFile(Path directory, long number) {
        return directory.resolve("%06d.log".formatted(number));
    }

    /** The tags of LevelDB's VersionEdit (db/version_edit.cc). */
    private static final class Edits {
        final SortedMap<Long, Long> tables = new TreeMap<>();
        long log;

        void apply(byte[] record) {
            var edit = ByteBuffer.wrap(record);
            while (edit.hasRemaining()) {
                int tag = (int) Varints.read(edit);
                switch (tag) {
                    case 1 -> Varints.skipBytes(edit);
                    case 2 -> log = Varints.read(edit);
                    case 3, 4, 9 -> Varints.read(edit);
                    case 5 -> {
                        Varints.read(edit);
                        Varints.skipBytes(edit);
                    }
                    case 6 -> {
                        Varints.read(edit);
                        tables.remove(Varints.read(edit));
                    }
                    case 7 -> {
                        Varints.read(edit);
                        long number = Varints.read(edit);
                        tables.put(number, Varints.read(edit));
                        Varints.skipBytes(edit);
                        Varints.skipBytes(edit);
                    }
                    default -> throw new IllegalArgumentException("Tag " + tag);
                }
            }
        }
    }
}
