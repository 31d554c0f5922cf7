package io.platen.persistence.document;

import com.typesafe.config.Config;
import io.platen.persistence.Settings;
import io.platen.persistence.commit.GroupCommit;
import java.time.Duration;

/**
 * The document store's settings, {@code platen.persistence.documents}.
 *
 * @param smallBytes documents up to this size share segments
 * @param segmentBytes a segment of this size gets no more documents
 * @param segmentAge nor does a segment of this age
 * @param limits of the segments' writer
 */
public record DocumentSettings(int smallBytes, long segmentBytes, Duration segmentAge, GroupCommit.Limits limits) {
    private static final String PATH = "platen.persistence.documents";
    private static final int LARGEST_SMALL = 1024 * 1024;
    private static final int LEAST_SEGMENT = 64 * 1024;
    private static final int LARGEST_SEGMENT = 1024 * 1024 * 1024;
    private static final int WAITING = 10_000;
    private static final int GROUP_WRITES = 1_024;
    private static final long GROUP_BYTES = 8 * 1024 * 1024;
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);

    public static DocumentSettings of(Config config) {
        var own = new Settings(config, PATH);
        return new DocumentSettings(
                (int) own.bytes("small", 0, LARGEST_SMALL),
                own.bytes("segment-bytes", LEAST_SEGMENT, LARGEST_SEGMENT),
                config.getDuration(PATH + ".segment-age"),
                new GroupCommit.Limits(WAITING, GROUP_WRITES, GROUP_BYTES, REOPEN_AFTER.toMillis()));
    }
}
