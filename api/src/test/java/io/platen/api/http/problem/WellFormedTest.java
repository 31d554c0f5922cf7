package io.platen.api.http.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.HttpEntity;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.platen.api.wire.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Half of a surrogate pair is refused wherever it stands, with its place (RFC 8259, section 8.2). */
final class WellFormedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "17",
                "\"ä€\"",
                "{\"name\":\"\\ud83d\\ude00\"}",
                "[\"\\u0000\",\"\\uffff\"]",
                "{\"a\":[{\"b\":null}]}"
            })
    void unicodeIsTaken(String json) {
        assertThatCode(() -> WellFormed.require(Json.parse(json))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"name":"a\\ud83d"}                    | name
            {"name":"\\ude00"}                     | name
            {"name":"\\ude00\\ud83d"}              | name
            {"a":{"b":["x","\\ud83d"]}}            | a.b[1]
            [{"c":"\\ud83d"}]                      | [0].c
            {"\\ud83d":1}                          | the name of a field
            """)
    void halfAPairIsRefusedWithItsPlace(String json, String place) throws JsonProcessingException {
        var parsed = Json.parse(json);

        assertThatThrownBy(() -> WellFormed.require(parsed)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.response().status().intValue()).isEqualTo(422);
            var body = (HttpEntity.Strict) problem.response().entity();
            assertThat(body.getData().utf8String()).contains("\"" + place + "\"");
        });
    }
}
