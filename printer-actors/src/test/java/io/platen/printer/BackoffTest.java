package io.platen.printer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1000));

    @ParameterizedTest
    @CsvSource({
        "1, 0, 100",
        "5, 0, 100",
        "5, 900, 100",
        "5, 2000, 200",
        "5, 5000, 500",
        "2, 5000, 200",
        "50, 60000, 1000",
        "50, 86400000, 1000"
    })
    void printerThatIsAwayIsAskedAgainAfterATenthOfThatTimeAtMost(int failures, long awayMillis, long millis) {
        assertThat(backoff.pauseWhileAway(failures, Duration.ofMillis(awayMillis), () -> 0.0))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, 100",
        "2, 0.0, 200",
        "3, 0.0, 400",
        "4, 0.0, 800",
        "5, 0.0, 1000",
        "6, 0.0, 1000",
        "2147483647, 0.0, 1000",
        "1, 1.0, 150",
        "5, 0.5, 1250",
        "5, 1.0, 1500"
    })
    void doublesUpToItsCapWithJitterOnTop(int failures, double random, long millis) {
        assertThat(backoff.pause(failures, () -> random)).isEqualTo(Duration.ofMillis(millis));
    }
}
