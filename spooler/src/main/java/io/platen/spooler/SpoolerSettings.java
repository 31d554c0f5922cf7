package io.platen.spooler;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.platen.spooler.job.QueueLimits;
import java.time.Duration;

/**
 * The spooler's part of the configuration, read once; reference.conf explains each.
 *
 * @param printersLimit more cannot be configured
 * @param askTimeout how long a caller waits for a queue's answer
 * @param waitingRequests requests that wait for a queue's journal write before more are refused
 * @param snapshotEvery events between two snapshots
 * @param documentsKeptFor print data of finished jobs, where the printer says nothing else
 * @param historyKeptFor events, counted from the end of their job
 * @param failuresKeptBytes the documents' sizes, of all printers
 */
public record SpoolerSettings(
        QueueLimits limits,
        int printersLimit,
        Duration askTimeout,
        int waitingRequests,
        int snapshotEvery,
        Duration unusedDocumentsAfter,
        Duration documentsKeptFor,
        Duration historyKeptFor,
        Duration failuresKeptFor,
        long failuresKeptBytes) {

    /** Reads {@code platen.spooler}. */
    public static SpoolerSettings of(Config all) {
        Config config = all.getConfig("platen.spooler");
        return new SpoolerSettings(
                new QueueLimits(
                        number(config, "active-jobs-limit", 1, 10_000_000),
                        number(config, "finished-jobs-kept", 0, 10_000_000)),
                number(config, "printers-limit", 1, 1_000_000),
                config.getDuration("ask-timeout"),
                number(config, "waiting-requests-limit", 1, 1_000_000),
                number(config, "snapshot-every", 10, 1_000_000),
                config.getDuration("unused-documents-after"),
                config.getDuration("documents.keep-for"),
                config.getDuration("history.keep-for"),
                config.getDuration("failures.keep-for"),
                config.getBytes("failures.keep-bytes"));
    }

    private static int number(Config config, String key, int least, int most) {
        long value = config.getLong(key);
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    "platen.spooler." + key, "must be %,d to %,d, not %,d".formatted(least, most, value));
        }
        return (int) value;
    }
}
