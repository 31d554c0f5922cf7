package io.platen.persistence.journal;

import com.typesafe.config.Config;
import io.platen.persistence.JournalPlugins;
import io.platen.persistence.Settings;
import io.platen.persistence.commit.GroupCommit;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The journal's settings, {@code platen.persistence.journal}.
 *
 * @param directory of the database
 * @param writeBufferBytes what LevelDB gathers in memory and in a log before it writes a table
 * @param limits of the journal's writer
 * @param freeSpaceReserveBytes see {@link io.platen.persistence.FreeSpace}
 */
public record JournalSettings(
        Path directory, int writeBufferBytes, GroupCommit.Limits limits, long freeSpaceReserveBytes) {
    private static final int LEAST_WRITE_BUFFER = 64 * 1024;
    private static final int LARGEST_WRITE_BUFFER = 256 * 1024 * 1024;
    private static final int MOST_WAITING = 10_000_000;
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);

    public static JournalSettings of(Config config) {
        var own = new Settings(config, JournalPlugins.JOURNAL);
        return new JournalSettings(
                Path.of(own.text("dir")),
                (int) own.bytes("write-buffer", LEAST_WRITE_BUFFER, LARGEST_WRITE_BUFFER),
                new GroupCommit.Limits(
                        own.number("waiting-writes", 1, MOST_WAITING),
                        own.number("group-writes", 1, MOST_WAITING),
                        own.bytes("group-bytes", 1, Integer.MAX_VALUE),
                        REOPEN_AFTER.toMillis()),
                config.getBytes("platen.persistence.free-space-reserve"));
    }
}
