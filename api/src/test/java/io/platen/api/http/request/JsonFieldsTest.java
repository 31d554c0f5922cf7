package io.platen.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.wire.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
    @Test
    void readsWhatIsThereAndTakesTheUsualForTheRest() throws JsonProcessingException {
        JsonNode json = Json.parse("{\"name\":\"a\",\"copies\":3,\"hold\":true,\"callback\":null}");

        assertThat(JsonFields.text(json, "name")).isEqualTo("a");
        assertThat(JsonFields.text(json, "callback")).isNull();
        assertThat(JsonFields.number(json, "copies", 1, 9)).isEqualTo(3);
        assertThat(JsonFields.number(json, "priority", 50, 100)).isEqualTo(50);
        assertThat(JsonFields.flag(json, "hold")).isTrue();
        assertThat(JsonFields.flag(json, "dryRun")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "1.5", "\"3\"", "3000000000", "null", "true"})
    void refusesWhatIsNotANumberFromOneOn(String value) throws JsonProcessingException {
        JsonNode json = Json.parse("{\"copies\":" + value + "}");

        assertThatThrownBy(() -> JsonFields.number(json, "copies", 1, 9))
                .hasMessage("'copies' must be a whole number from 1 to 9.");
    }

    @Test
    void refusesOtherTypes() throws JsonProcessingException {
        JsonNode json = Json.parse("{\"name\":5,\"hold\":\"true\"}");

        assertThatThrownBy(() -> JsonFields.text(json, "name")).hasMessage("'name' must be a string.");
        assertThatThrownBy(() -> JsonFields.flag(json, "hold")).hasMessage("'hold' must be true or false.");
    }

    @Test
    void refusesUnknownFieldsByTheirName() throws JsonProcessingException {
        JsonNode json = Json.parse("{\"pritner\":\"a\"}");

        assertThatThrownBy(() -> JsonFields.requireOnly(json, Set.of("printer"), "job"))
                .hasMessage("A job has no field 'pritner'.");
        assertThatThrownBy(() -> JsonFields.requireOnly(Json.parse("[]"), Set.of(), "job"))
                .hasMessage("A job must be a JSON object.");
    }
}
