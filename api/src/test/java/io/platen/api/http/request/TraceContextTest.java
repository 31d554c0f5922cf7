package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The traceparent header (W3C Trace Context, section 3.2): a malformed one is ignored. */
final class TraceContextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "cc-00000000000000000000000000000001-0000000000000001-ff"
            })
    void headerIsTaken(String header) {
        assertThat(TraceContext.of(header)).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: y",
                "4bf92f3577b34da6a3ce929d0e0e4736"
            })
    void malformedHeaderIsIgnored(String header) {
        assertThat(TraceContext.of(header)).isNull();
    }

    @Test
    void noHeaderIsNoTrace() {
        assertThat(TraceContext.of(null)).isNull();
    }
}
