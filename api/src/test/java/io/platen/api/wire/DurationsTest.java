package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as the API has them. */
final class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0ms, PT0S, 0s",
        "250ms, PT0.25S, 250ms",
        "1500ms, PT1.5S, 1500ms",
        "2000ms, PT2S, 2s",
        "5s, PT5S, 5s",
        "2m, PT2M, 120s",
        "1h, PT1H, 3600s",
        "3d, P3D, 259200s"
    })
    void shortFormIsReadAndWritten(String text, Duration meaning, String written) {
        assertThat(Durations.parse(text)).isEqualTo(meaning);
        assertThat(Durations.text(meaning)).isEqualTo(written);
        assertThat(Durations.parse(written)).isEqualTo(meaning);
    }

    @Test
    void longestThatCanBeWrittenDoesNotOverflow() {
        assertThat(Durations.parse("999999999999d")).isEqualTo(Duration.ofDays(999_999_999_999L));
    }

    @ParameterizedTest
    @CsvSource({"PT5S, PT5S", "pt0.25s, PT0.25S", "P1DT2H, PT26H", "-PT5S, PT-5S"})
    void isoFormIsReadToo(String text, Duration meaning) {
        assertThat(Durations.parse(text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "5 s",
                "5S",
                "5sec",
                "1.5s",
                "-5s",
                "1000000000000s",
                "5w",
                "P",
                "PT",
                "P1M",
                "٥s",
                "PT9223372036854775808S",
                "P999999999999999D"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
