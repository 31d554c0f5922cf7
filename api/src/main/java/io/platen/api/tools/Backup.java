package io.platen.api.tools;

import io.platen.api.server.ServerSettings;
import io.platen.api.wire.Json;
import io.platen.persistence.Directories;
import io.platen.persistence.journal.tools.JournalCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a data directory. It is consistent even while the server runs: it has the print data of every job in its
 * journal, unless the server had deleted the data before.
 */
public final class Backup {
    private static final String DONE = "backup.json";
    private static final String DOCUMENTS = "documents";
    private static final String FAILURES = "failures";
    private static final String SNAPSHOTS = "snapshots";
    private static final String JOURNAL = "journal";

    private Backup() {}

    /**
     * Describes a backup. Written last: a backup without it is not complete.
     *
     * @param files number of files, without this one
     * @param bytes size of all files
     */
    public record BackupSummary(String format, Instant at, long files, long bytes) {}

    /**
     * Makes a backup in a new directory.
     *
     * @throws IOException also when the target exists
     */
    public static BackupSummary make(ServerSettings settings, Path target, Progress progress) throws IOException {
        Path data = settings.dataDirectory();
        RecordedHistory.requireJournal(data);
        if (Files.exists(target)) {
            throw new IOException(target + " already exists. A backup needs a new directory");
        }
        // Links first, and only then bytes: a linked file stays when the server deletes it.
        // The second pass links the files that came before the journal was copied.
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
            var summary = new BackupSummary("platen-backup-1", Instant.now(), copied[0], copied[1]);
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
     * Restores a backup into an empty data directory, completely or not at all.
     *
     * @throws IOException when the backup is not complete, or the data directory is not empty
     */
    public static BackupSummary restore(Path backup, ServerSettings settings, Progress progress) throws IOException {
        if (!Files.isRegularFile(backup.resolve(DONE))) {
            throw new IOException("%s is not a complete backup: %s is missing".formatted(backup, DONE));
        }
        var summary = Json.read(Files.readString(backup.resolve(DONE)), BackupSummary.class);
        Path data = settings.dataDirectory();
        JournalImport.requireEmpty(data);
        Files.createDirectories(data);
        Path staging = Files.createTempDirectory(data, ".restore-");
        try {
            long[] copied = copyTree(backup, staging, progress);
            // The summary itself is one more file.
            if (copied[0] != summary.files() + 1) {
                throw new IOException("%s is not whole: it should have %,d files and has %,d"
                        .formatted(backup, summary.files(), copied[0] - 1));
            }
            JournalImport.moveParts(staging, data, List.of(DOCUMENTS, FAILURES, SNAPSHOTS, JOURNAL));
            return summary;
        } finally {
            RecordedHistory.deleteTree(staging);
        }
    }

    /** Copies durably; returns the number of files and of bytes. */
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
