package io.platen.api.http.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.request.Query;
import io.platen.api.wire.Json;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures are meant, from a query string or from a body. */
final class FailureFilterTest {

    @Test
    void nothingGivenMeansAll() throws JsonProcessingException {
        var all = new FailureFilter(null, null, Instant.MIN);

        assertThat(FailureFilter.of(null, null, null)).isEqualTo(all);
        assertThat(FailureFilter.of(Json.parse("{}"), Set.of())).isEqualTo(all);
        assertThat(FailureFilter.of(Json.parse("{\"printer\":null,\"cause\":null}"), Set.of()))
                .isEqualTo(all);
    }

    /** A plus sign in a query string is a blank: it is taken back. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00.25Z, 2026-11-20T10:00:00.250Z",
        "2026-11-20T10:00:00+02:00, 2026-11-20T08:00:00Z",
        "2026-11-20T10:00:00 02:00, 2026-11-20T08:00:00Z",
        "2026-11-20T10:00:00-02:00, 2026-11-20T12:00:00Z"
    })
    void timesAreReadAsRfc3339WritesThem(String text, Instant since) {
        assertThat(Query.since(text)).isEqualTo(since);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-20", "2026-11-20T10:00:00", "2026-13-20T10:00:00Z", "1732104000"})
    void otherTimesAreRefused(String text) {
        assertThatThrownBy(() -> Query.since(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void bodyIsReadBesideItsOtherFields() throws JsonProcessingException {
        var body = Json.parse(
                "{\"printer\":\"dock-1\",\"cause\":\"connection-reset\",\"since\":\"2026-11-20T10:00:00Z\",\"dryRun\":true}");

        assertThat(FailureFilter.of(body, Set.of("dryRun")))
                .isEqualTo(new FailureFilter("dock-1", "connection-reset", Instant.parse("2026-11-20T10:00:00Z")));
        assertThatThrownBy(() -> FailureFilter.of(body, Set.of())).isInstanceOf(ProblemException.class);
    }

    /** A misspelt filter must not mean all failures. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"all\"",
                "{\"Printer\":\"dock-1\"}",
                "{\"cause\":\"connection_reset\"}",
                "{\"cause\":\"everything\"}",
                "{\"cause\":17}",
                "{\"printer\":[\"dock-1\"]}",
                "{\"since\":\"yesterday\"}"
            })
    void bodyThatIsNoFilterIsRefused(String text) throws JsonProcessingException {
        var body = Json.parse(text);

        assertThatThrownBy(() -> FailureFilter.of(body, Set.of())).isInstanceOf(ProblemException.class);
    }
}
