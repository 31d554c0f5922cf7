package io.platen.printer;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Manners;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPatterns;
import io.platen.printer.transport.KeepAlive;
import io.platen.printer.transport.SocketSettings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After three missed closes in a row a printer is waited for only 250 ms, as docs/failures.md says. */
final class ConnectionSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "10000, 0, 10000",
        "10000, 2, 10000",
        "10000, 3, 250",
        "251, 3, 250",
        "250, 3, 250",
        "100, 3, 100",
        "100, 0, 100"
    })
    void waitForTheCloseIsCutShortButNeverMadeLonger(long closeTimeoutMillis, int missed, long waitMillis) {
        var settings = closingWithin(Duration.ofMillis(closeTimeoutMillis));

        assertThat(settings.closePatience(new Manners(missed, false, 0, false)))
                .isEqualTo(Duration.ofMillis(waitMillis));
    }

    private static ConnectionSettings closingWithin(Duration closeTimeout) {
        Duration second = Duration.ofSeconds(1);
        return new ConnectionSettings(
                PrinterAddress.parse("socket://127.0.0.1"),
                PrinterLanguage.ZPL,
                Rung.CLOSED,
                ConnectionPolicy.PER_JOB,
                ReplyPatterns.NONE,
                second,
                second,
                closeTimeout,
                second,
                second,
                second,
                second,
                second,
                new Backoff(second, second),
                true,
                new SocketSettings(second, 131_072, new KeepAlive(second, second, 3), Duration.ZERO));
    }
}
