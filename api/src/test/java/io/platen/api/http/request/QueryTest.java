package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
    @Test
    void readsTextsAndLeavesOutWhatIsNotThere() {
        assertThat(Query.text(asked("name=a%20label"), "name")).isEqualTo("a label");
        assertThat(Query.text(asked("name=a"), "callback")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"copies=1,1", "copies=10,10", "other=3,5", "copies=007,7"})
    void readsNumbersWithinTheirBounds(String query, int number) {
        assertThat(Query.number(asked(query), "copies", 5, 1, 10)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"copies=0,INVALID_FIELD", "copies=11,INVALID_FIELD", "copies=two,BAD_REQUEST", "copies=,BAD_REQUEST"})
    void refusesNumbersOutsideTheirBounds(String query, ProblemType type) {
        assertThatThrownBy(() -> Query.number(asked(query), "copies", 5, 1, 10))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @ParameterizedTest
    @CsvSource({"hold=true,true", "hold,true", "hold=false,false", "other=1,false"})
    void readsFlags(String query, boolean flag) {
        assertThat(Query.flag(asked(query), "hold")).isEqualTo(flag);
    }

    @Test
    void refusesOtherFlags() {
        assertThatThrownBy(() -> Query.flag(asked("hold=yes"), "hold"))
                .hasMessage("'hold' must be true or false, not 'yes'.");
    }

    @Test
    void namesTheKnownKeywords() {
        String[] known = {"pending", "held"};

        assertThat(Query.keyword("held", known, Function.identity(), "state")).isEqualTo("held");
        assertThatThrownBy(() -> Query.keyword("lost", known, Function.identity(), "state"))
                .hasMessage("'lost' is not a known state. Known are pending, held.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T10:00:00Z", "2026-11-20T12:00:00+02:00", "2026-11-20T12:00:00 02:00"})
    void readsTimesAlsoWhereThePlusBecameABlank(String text) {
        assertThat(Query.since(text)).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
    }

    @Test
    void readsHeadersWithoutBlanksAroundThem() {
        var request = HttpRequest.GET("/").addHeader(RawHeader.create("Prefer", " wait=5 "));

        assertThat(Query.header(request, "prefer")).isEqualTo("wait=5");
        assertThat(Query.header(request, "If-Match")).isNull();
    }

    private static HttpRequest asked(String query) {
        return HttpRequest.GET("/v1/printers?" + query);
    }
}
