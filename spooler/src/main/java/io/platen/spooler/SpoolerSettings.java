package io.platen.spooler;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.platen.spooler.job.QueueLimits;
import java.time.Duration;

/**
 * The spooler's part of the configuration, read once; reference.conf explains each.
 *
 * @param askTimeout how long a caller waits for a queue's answer
 * @param waitingRequests requests that wait for a queue's journal write before more are refused
 * @param snapshotEvery events between two snapshots
 * @param lineThreads event-loop threads for all printers' sockets; 0 is one per core
 */
public record SpoolerSettings(
        QueueLimits limits,
        Duration askTimeout,
        int waitingRequests,
        int snapshotEvery,
        int lineThreads,
        int sendBufferBytes,
        Duration idleTimeout,
        Duration unusedDocumentsAfter) {

    /** Reads {@code platen.spooler}. */
    public static SpoolerSettings of(Config all) {
        Config config = all.getConfig("platen.spooler");
        return new SpoolerSettings(
                new QueueLimits(
                        number(config, "active-jobs-limit", 1, 10_000_000),
                        number(config, "finished-jobs-kept", 0, 10_000_000)),
                config.getDuration("ask-timeout"),
                number(config, "waiting-requests-limit", 1, 1_000_000),
                number(config, "snapshot-every", 10, 1_000_000),
                number(config, "line-threads", 0, 1024),
                number(config, "line-send-buffer", 4096, 64 * 1024 * 1024),
                config.getDuration("line-idle-timeout"),
                config.getDuration("unused-documents-after"));
    }

    private static int number(Config config, String key, int least, int most) {
        long value = key.endsWith("buffer") ? config.getBytes(key) : config.getLong(key);
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    "platen.spooler." + key, "must be %,d to %,d, not %,d".formatted(least, most, value));
        }
        return (int) value;
    }
}
