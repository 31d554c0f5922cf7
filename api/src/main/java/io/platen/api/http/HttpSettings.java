package io.platen.api.http;

import com.typesafe.config.Config;
import io.platen.persistence.Settings;
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
        var config = new Settings(all, "platen.http");
        return new HttpSettings(
                config.bytes("max-job-size", 1, Long.MAX_VALUE),
                config.bytes("upload.least-per-second", 0, Integer.MAX_VALUE),
                all.getDuration("platen.http.upload.window"),
                config.number("submissions.per-second", 1, 1_000_000),
                config.number("submissions.burst", 1, 10_000_000),
                config.number("events.clients", 1, 100_000),
                config.number("events.kept", 100, 1_000_000));
    }
}
