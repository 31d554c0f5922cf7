package io.platen.persistence.leveldb;

import io.platen.persistence.StoreDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the files of the journal's database before LevelDB opens them. */
public final class JournalFiles {
    private static final Logger log = LoggerFactory.getLogger(JournalFiles.class);
    private static final Pattern LOG = Pattern.compile("([0-9]{6,})\\.log");

    private JournalFiles() {}

    /** Whether there is a database in this directory. */
    public static boolean exist(Path directory) throws IOException {
        if (Files.exists(directory.resolve("CURRENT"))) {
            return true;
        }
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> left = files.filter(file -> file.toString().matches(".*\\.(log|ldb|sst)"))
                    .findAny();
            if (left.isPresent()) {
                throw new StoreDamagedException("The journal's file %s is missing, although %s exists"
                        .formatted(directory.resolve("CURRENT"), left.get()));
            }
            return false;
        }
    }

    /**
     * Checks that all files exist and have their size, and that the logs are whole. Cuts off a last write that a power cut or a
     * kill left unfinished: it was never acknowledged.
     *
     * @throws StoreDamagedException when anything else is wrong; the message names the place
     */
    static void checkAndRepair(Path directory) throws IOException {
        Manifest manifest = Manifest.current(directory);
        for (Map.Entry<Long, Long> table : manifest.tables().entrySet()) {
            Path file = Manifest.tableFile(directory, table.getKey());
            requireTable(file, table.getValue());
        }
        for (Path file : logs(directory, manifest)) {
            LogFile found = LogFile.read(file);
            switch (found.damage()) {
                case NONE ->
                    log.debug("{} is whole: {} groups", file, found.records().size());
                case TORN_TAIL -> {
                    log.warn(
                            "{} ended in an unfinished write that was never acknowledged, after {} whole ones. It was cut off at byte {}",
                            file,
                            found.records().size(),
                            found.end());
                    found.repair(file);
                }
                case HOLE -> throw hole(file, found);
            }
        }
    }

    /** Lists everything that is wrong, in every block of every table, with its place. Repairs nothing. */
    public static List<String> damage(Path directory) throws IOException {
        var found = new ArrayList<String>();
        Manifest manifest;
        try {
            manifest = Manifest.current(directory);
            for (Path file : logs(directory, manifest)) {
                LogFile read = LogFile.read(file);
                if (read.damage() == LogFile.Damage.HOLE) {
                    found.add(String.valueOf(hole(file, read).getMessage()));
                }
            }
        } catch (StoreDamagedException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        for (Map.Entry<Long, Long> table : manifest.tables().entrySet()) {
            Path file = Manifest.tableFile(directory, table.getKey());
            try {
                requireTable(file, table.getValue());
                TableFile.damage(file).ifPresent(found::add);
            } catch (StoreDamagedException e) {
                found.add(String.valueOf(e.getMessage()));
            }
        }
        return found;
    }

    private static void requireTable(Path file, long size) throws IOException {
        if (Files.notExists(file)) {
            throw new StoreDamagedException("The journal's file " + file + " is missing");
        }
        if (Files.size(file) != size) {
            throw new StoreDamagedException(
                    "The journal's file %s has %,d bytes instead of %,d".formatted(file, Files.size(file), size));
        }
    }

    private static StoreDamagedException hole(Path file, LogFile found) {
        return new StoreDamagedException(
                "%s is damaged at byte %,d, after %,d whole groups of events; more groups begin at byte %,d"
                        .formatted(file, found.end(), found.records().size(), found.resumesAt()));
    }

    /** The logs that LevelDB still needs, oldest first. */
    private static List<Path> logs(Path directory, Manifest manifest) throws IOException {
        // Number 0 means that the database was just being made and is empty.
        if (manifest.log() > 0 && Files.notExists(Manifest.logFile(directory, manifest.log()))) {
            throw new StoreDamagedException(
                    "The journal's file " + Manifest.logFile(directory, manifest.log()) + " is missing");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> number(file) >= manifest.log()).sorted().toList();
        }
    }

    private static long number(Path file) {
        var matcher = LOG.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
