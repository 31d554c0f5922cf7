package io.platen.api.tools;

import io.platen.api.server.ServerSettings;
import io.platen.api.wire.Json;
import io.platen.persistence.Directories;
import io.platen.persistence.journal.tools.JournalCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a data directory that is consistent also while the server runs: of every job that its journal knows, the
 * print data is there, unless it was deleted before.
 */
public final class Backup {
    private static final String DONE = "backup.json";
    private static final String DOCUMENTS = "documents";
    private static final String FAILURES = "failures";
    private static final String SNAPSHOTS = "snapshots";
    private static final String JOURNAL = "journal";

    private Backup() {}

    /**
     * What a backup says of itself; written last.
     *
     * @param files how many
     * @param bytes of all files
     */
    public record Summary(String format, Instant at, long files, long bytes) {}

    /**
     * Makes one in a new directory.
     *
     * @throws IOException also when the target is there already
     */
    public static Summary make(ServerSettings settings, Path target, Progress progress) throws IOException {
        Path data = settings.dataDirectory();
        if (!Files.isDirectory(data.resolve(JOURNAL))) {
            throw new IOException("There is no journal in " + data + ". Say where with --data-dir");
        }
        if (Files.exists(target)) {
            throw new IOException(target + " is there already; a backup needs a new directory");
        }
        // Names only: no byte is copied until all that belongs together is held. What is deleted meanwhile stays;
        // what came before the journal's copy is found by the second look.
        Path staging = Files.createTempDirectory(data, ".backup-");
        try {
            for (String part : List.of(DOCUMENTS, FAILURES, SNAPSHOTS)) {
                RecordedHistory.linkTree(data.resolve(part), staging.resolve(part));
            }
            JournalCopy.take(data.resolve(JOURNAL), staging.resolve(JOURNAL));
            for (String part : List.of(DOCUMENTS, FAILURES)) {
                RecordedHistory.linkTree(data.resolve(part), staging.resolve(part));
            }
            Files.createDirectories(target);
            long[] copied = copyTree(staging, target, progress);
            var summary = new Summary("platen-backup-1", Instant.now(), copied[0], copied[1]);
            Path done = target.resolve(DONE);
            Files.write(done, Json.bytes(summary));
            sync(done);
            Directories.sync(target);
            return summary;
        } finally {
            RecordedHistory.deleteTree(staging);
        }
    }

    /**
     * Puts one back into an empty data directory. All is there in the end, or nothing.
     *
     * @throws IOException when the backup is not whole, or the data directory not empty
     */
    public static Summary restore(Path backup, ServerSettings settings, Progress progress) throws IOException {
        if (!Files.isRegularFile(backup.resolve(DONE))) {
            throw new IOException("%s is no backup, or one that was broken off: %s is missing".formatted(backup, DONE));
        }
        var summary = Json.read(Files.readString(backup.resolve(DONE)), Summary.class);
        Path data = settings.dataDirectory();
        JournalImport.requireEmpty(data);
        Files.createDirectories(data);
        Path staging = Files.createTempDirectory(data, ".restore-");
        try {
            long[] copied = copyTree(backup, staging, progress);
            if (copied[0] != summary.files() + 1) {
                throw new IOException("%s is not whole: it should have %,d files and has %,d"
                        .formatted(backup, summary.files(), copied[0] - 1));
            }
            for (String part : List.of(DOCUMENTS, FAILURES, SNAPSHOTS, JOURNAL)) {
                if (Files.exists(staging.resolve(part))) {
                    Files.move(staging.resolve(part), data.resolve(part), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Directories.sync(data);
            return summary;
        } finally {
            RecordedHistory.deleteTree(staging);
        }
    }

    /** How many files and bytes; all durable. */
    private static long[] copyTree(Path from, Path to, Progress progress) throws IOException {
        long[] copied = new long[2];
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                    Directories.sync(target);
                } else {
                    Files.copy(source, target);
                    sync(target);
                    copied[0]++;
                    copied[1] += Files.size(target);
                    progress.at("files", copied[0]);
                }
            }
        }
        return copied;
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
