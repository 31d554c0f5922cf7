package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.ConnectionSettings;
import io.platen.spooler.job.PrinterProfile.Socket;
import io.platen.spooler.job.ProfileFixture;
import io.platen.spooler.job.QueueFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConnectionOfTest {
    private static final ConnectionDefaults USUAL = ConnectionDefaults.of(ConfigFactory.load());

    @Test
    void configurationSaysWhatTheProfileDoesNot() {
        ConnectionSettings settings = ConnectionOf.profile(QueueFixture.profile(), USUAL);

        assertThat(settings.socket().keepAlive()).isEqualTo(USUAL.keepAlive());
        assertThat(settings.socket().userTimeout()).isEqualTo(USUAL.userTimeout());
        assertThat(settings.patience()).isEqualTo(Duration.ZERO);
    }

    @Test
    void printersOwnOptionsGoBeforeTheConfiguration() {
        var own = new Socket(4096, Duration.ofSeconds(7), null, null, Duration.ofMinutes(9));

        ConnectionSettings settings = ConnectionOf.profile(at().socket(own).build(), USUAL);

        assertThat(settings.socket().sendBufferBytes()).isEqualTo(4096);
        assertThat(settings.socket().keepAlive().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.socket().keepAlive().count())
                .isEqualTo(USUAL.keepAlive().count());
        assertThat(settings.socket().userTimeout()).isEqualTo(Duration.ofMinutes(9));
    }

    /** Stored by a version that took it; the printer must print all the same. */
    @Test
    void patternThatIsNotUnderstoodIsLeftOut() {
        assertThat(ConnectionOf.profile(at().rejecting("(?<=x)fault").build(), USUAL)
                        .patterns()
                        .rejects())
                .isNull();
        assertThat(ConnectionOf.profile(at().rejecting("fault").build(), USUAL)
                        .patterns()
                        .rejects())
                .isNotNull();
    }

    private static ProfileFixture at() {
        return ProfileFixture.at("socket://10.0.0.5:9100");
    }
}
