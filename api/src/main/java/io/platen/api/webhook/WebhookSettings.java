package io.platen.api.webhook;

import com.typesafe.config.Config;
import io.platen.persistence.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings in {@code platen.webhooks}. reference.conf explains each.
 *
 * @param directory keeps the secret and the progress in the journal
 */
public record WebhookSettings(
        Path directory,
        boolean allowPrivate,
        Duration timeout,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUpAfter,
        int waiting,
        int urls,
        int urlsPerCaller) {

    public static WebhookSettings of(Config all, Path dataDirectory) {
        Config config = all.getConfig("platen.webhooks");
        var numbers = new Settings(all, "platen.webhooks");
        return new WebhookSettings(
                dataDirectory.resolve("webhooks"),
                config.getBoolean("allow-private"),
                config.getDuration("timeout"),
                config.getDuration("retry.first"),
                config.getDuration("retry.longest"),
                config.getDuration("give-up-after"),
                numbers.number("waiting", 1, 10_000_000),
                numbers.number("urls", 1, 1_000_000),
                numbers.number("urls-per-caller", 1, 1_000_000));
    }
}
