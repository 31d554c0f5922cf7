package io.platen.spooler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.platen.printer.ConnectionSettings;
import io.platen.printer.LineSettings;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.PrinterProfile.Socket;
import io.platen.spooler.job.QueueFixture;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConnectionOfTest {
    private static final LineSettings USUAL = LineSettings.of(ConfigFactory.load());

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

        ConnectionSettings settings = ConnectionOf.profile(with(own, null), USUAL);

        assertThat(settings.socket().sendBufferBytes()).isEqualTo(4096);
        assertThat(settings.socket().keepAlive().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.socket().keepAlive().count())
                .isEqualTo(USUAL.keepAlive().count());
        assertThat(settings.socket().userTimeout()).isEqualTo(Duration.ofMinutes(9));
    }

    /** Stored by a version that took it; the printer must print all the same. */
    @Test
    void patternThatIsNotUnderstoodIsLeftOut() {
        assertThat(ConnectionOf.profile(with(null, "(?<=x)fault"), USUAL)
                        .patterns()
                        .rejects())
                .isNull();
        assertThat(ConnectionOf.profile(with(null, "fault"), USUAL).patterns().rejects())
                .isNotNull();
    }

    private static PrinterProfile with(@Nullable Socket socket, @Nullable String rejectPattern) {
        PrinterProfile plain = QueueFixture.profile();
        return new PrinterProfile(
                plain.uri(),
                plain.language(),
                plain.displayName(),
                plain.location(),
                plain.tags(),
                plain.delivery(),
                plain.confirm(),
                plain.connection(),
                plain.attempts(),
                plain.backoff(),
                plain.timeouts(),
                rejectPattern,
                socket,
                null);
    }
}
