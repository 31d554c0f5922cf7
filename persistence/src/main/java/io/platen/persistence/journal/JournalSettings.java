package io.platen.persistence.journal;

import com.typesafe.config.Config;
import io.platen.persistence.commit.GroupCommit;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The journal's settings, {@code platen.persistence.journal}.
 *
 * @param directory of the database
 * @param writeBufferBytes what LevelDB gathers in memory and in a log before it writes a table
 * @param limits of its writer
 * @param freeSpaceReserveBytes see {@link io.platen.persistence.FreeSpace}
 */
public record JournalSettings(
        Path directory, int writeBufferBytes, GroupCommit.Limits limits, long freeSpaceReserveBytes) {
    private static final int LEAST_WRITE_BUFFER = 64 * 1024;
    private static final int LARGEST_WRITE_BUFFER = 256 * 1024 * 1024;
    private static final int MOST_WAITING = 10_000_000;
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);

    /** Reads them. */
    public static JournalSettings of(Config config) {
        var own = config.getConfig(JournalPlugins.JOURNAL);
        return new JournalSettings(
                Path.of(own.getString("dir")),
                (int) within(
                        own, "write-buffer", own.getBytes("write-buffer"), LEAST_WRITE_BUFFER, LARGEST_WRITE_BUFFER),
                new GroupCommit.Limits(
                        (int) within(own, "waiting-writes", own.getLong("waiting-writes"), 1, MOST_WAITING),
                        (int) within(own, "group-writes", own.getLong("group-writes"), 1, MOST_WAITING),
                        within(own, "group-bytes", own.getBytes("group-bytes"), 1, Integer.MAX_VALUE),
                        REOPEN_AFTER.toMillis()),
                config.getBytes("platen.persistence.free-space-reserve"));
    }

    private static long within(Config own, String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s.%s must be between %,d and %,d, not %,d (%s)"
                    .formatted(
                            JournalPlugins.JOURNAL,
                            key,
                            least,
                            most,
                            value,
                            own.getValue(key).origin().description()));
        }
        return value;
    }
}
