package io.platen.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are written, and which texts are no JSON. */
final class JsonTest {
    record Sample(Instant at, Duration took, @Nullable String name) {}

    @Test
    void timesAreTextAndWhatIsUnknownIsLeftOut() {
        var sample = new Sample(Instant.parse("2026-11-20T12:00:00.25Z"), Duration.ofSeconds(90), null);

        assertThat(new String(Json.bytes(sample), UTF_8))
                .isEqualTo("{\"at\":\"2026-11-20T12:00:00.250Z\",\"took\":\"PT1M30S\"}");
    }

    /** Two readers could take another of the two values (RFC 8259, section 4). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"x\":{\"a\":1,\"a\":1}}",
                "{} {}",
                "1 2",
                "{}]",
                "{'a':1}",
                "{\"a\":NaN}",
                "nul"
            })
    void ambiguousOrForeignTextIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonProcessingException.class);
    }
}
