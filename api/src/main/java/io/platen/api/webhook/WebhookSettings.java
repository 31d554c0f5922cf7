package io.platen.api.webhook;

import com.typesafe.config.Config;
import io.platen.persistence.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code platen.webhooks}; reference.conf explains each.
 *
 * @param directory where the secret and the place in the journal are kept
 */
public record WebhookSettings(
        Path directory,
        boolean allowPrivate,
        Duration timeout,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUpAfter,
        int waiting) {

    /** Reads them. */
    public static WebhookSettings of(Config all, Path dataDirectory) {
        Config config = all.getConfig("platen.webhooks");
        return new WebhookSettings(
                dataDirectory.resolve("webhooks"),
                config.getBoolean("allow-private"),
                config.getDuration("timeout"),
                config.getDuration("retry.first"),
                config.getDuration("retry.longest"),
                config.getDuration("give-up-after"),
                new Settings(all, "platen.webhooks").number("waiting", 1, 10_000_000));
    }
}
