package io.platen.spooler;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.platen.spooler.job.QueueLimits;
import io.platen.spooler.queue.QueueSettings;
import io.platen.spooler.upkeep.Retention;
import java.time.Duration;

/**
 * The settings {@code platen.spooler}, which reference.conf explains.
 *
 * @param askTimeout how long a caller waits for a queue's answer
 */
public record SpoolerSettings(QueueSettings queues, Retention retention, Duration askTimeout) {

    public static SpoolerSettings of(Config all) {
        Config config = all.getConfig("platen.spooler");
        return new SpoolerSettings(
                new QueueSettings(
                        new QueueLimits(
                                number(config, "active-jobs-limit", 1, 10_000_000),
                                number(config, "finished-jobs-kept", 0, 10_000_000)),
                        number(config, "printers-limit", 1, 1_000_000),
                        number(config, "waiting-requests-limit", 1, 1_000_000),
                        number(config, "snapshot-every", 10, 1_000_000)),
                new Retention(
                        config.getDuration("unused-documents-after"),
                        config.getDuration("documents.keep-for"),
                        config.getDuration("history.keep-for"),
                        config.getDuration("failures.keep-for"),
                        config.getBytes("failures.keep-bytes")),
                config.getDuration("ask-timeout"));
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
