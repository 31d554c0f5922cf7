package io.platen.api.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.platen.api.http.door.Door;
import io.platen.api.http.jobs.SubmissionServices;
import io.platen.api.http.request.UploadLimits;
import io.platen.persistence.Settings;
import java.time.Duration;

/**
 * The limits of the API. reference.conf explains each.
 *
 * @param eventClients how many clients may watch events at once
 * @param eventClientsOfOne how many of them may use one caller's credentials
 * @param eventsKept how many events stay in memory for them
 */
public record HttpSettings(
        Door.ConnectionLimits connections,
        UploadLimits uploads,
        SubmissionServices.Rate submissions,
        int eventClients,
        int eventClientsOfOne,
        int eventsKept) {

    /** Reads {@code platen.http}. */
    public static HttpSettings of(Config all) {
        var config = new Settings(all, "platen.http");
        int connections = config.number("max-connections", 1, 1_000_000);
        return new HttpSettings(
                new Door.ConnectionLimits(
                        connections,
                        Math.min(connections, config.number("connections-per-address", 1, 1_000_000)),
                        positive(all, "platen.http.head-patience")),
                new UploadLimits(
                        config.bytes("max-job-size", 1, Long.MAX_VALUE),
                        config.bytes("upload.least-per-second", 0, Integer.MAX_VALUE),
                        all.getDuration("platen.http.upload.window"),
                        positive(all, "platen.http.upload.longest")),
                new SubmissionServices.Rate(
                        config.number("submissions.per-second", 1, 1_000_000),
                        config.number("submissions.burst", 1, 10_000_000)),
                config.number("events.clients", 1, 100_000),
                config.number("events.clients-per-caller", 1, 100_000),
                config.number("events.kept", 100, 1_000_000));
    }

    private static Duration positive(Config all, String key) {
        Duration duration = all.getDuration(key);
        if (duration.isZero() || duration.isNegative()) {
            throw new ConfigException.BadValue(key, "must be more than 0, not " + duration);
        }
        return duration;
    }
}
