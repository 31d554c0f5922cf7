package io.platen.spooler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SpoolerSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        SpoolerSettings settings = SpoolerSettings.of(ConfigFactory.load());

        assertThat(settings.queues().limits().activeJobs()).isEqualTo(100_000);
        assertThat(settings.queues().snapshotEvery()).isEqualTo(2_000);
        assertThat(settings.retention().documentsKeptFor()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.retention().failuresKeptBytes()).isEqualTo(20L << 30);
    }

    @Test
    void refusesWhatIsOutOfRangeWithTheKeyAndTheRange() {
        var config =
                ConfigFactory.parseString("platen.spooler.snapshot-every = 9").withFallback(ConfigFactory.load());

        assertThatThrownBy(() -> SpoolerSettings.of(config))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("platen.spooler.snapshot-every")
                .hasMessageContaining("must be 10 to 1,000,000, not 9");
    }
}
