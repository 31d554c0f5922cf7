package io.platen.api.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * The limits of the API; reference.conf explains each.
 *
 * @param maxJobBytes the largest print job taken
 * @param minUploadBytesPerSecond slower uploads are ended
 * @param uploadWindow over so long the rate is looked at
 * @param submissionsPerSecond of one caller
 * @param submissionsBurst of one caller, at once
 * @param eventClients that may watch at once
 * @param eventsKept in memory for them
 */
public record HttpSettings(
        long maxJobBytes,
        long minUploadBytesPerSecond,
        Duration uploadWindow,
        int submissionsPerSecond,
        int submissionsBurst,
        int eventClients,
        int eventsKept) {

    /** Reads {@code platen.http}. */
    public static HttpSettings of(Config all) {
        Config config = all.getConfig("platen.http");
        return new HttpSettings(
                config.getBytes("max-job-size"),
                config.getBytes("upload.least-per-second"),
                config.getDuration("upload.window"),
                number(config, "submissions.per-second", 1, 1_000_000),
                number(config, "submissions.burst", 1, 10_000_000),
                number(config, "events.clients", 1, 100_000),
                number(config, "events.kept", 100, 1_000_000));
    }

    private static int number(Config config, String key, int least, int most) {
        long value = config.getLong(key);
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    "platen.http." + key, "must be %,d to %,d, not %,d".formatted(least, most, value));
        }
        return (int) value;
    }
}
