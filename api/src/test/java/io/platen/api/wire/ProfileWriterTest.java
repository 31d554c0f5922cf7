package io.platen.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A profile is written as it is read, and patches are merged as RFC 7396 says. */
final class ProfileWriterTest {

    /** The test cases of RFC 7396, appendix A, whose target and patch are objects. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a":"b"}         | {"a":"c"}                    | {"a":"c"}
            {"a":"b"}         | {"b":"c"}                    | {"a":"b","b":"c"}
            {"a":"b"}         | {"a":null}                   | {}
            {"a":"b","b":"c"} | {"a":null}                   | {"b":"c"}
            {"a":["b"]}       | {"a":"c"}                    | {"a":"c"}
            {"a":"c"}         | {"a":["b"]}                  | {"a":["b"]}
            {"a":{"b":"c"}}   | {"a":{"b":"d","c":null}}     | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]} | {"a":[1]}                    | {"a":[1]}
            {"e":null}        | {"a":1}                      | {"e":null,"a":1}
            """)
    void patchIsMerged(String target, String patch, String result) throws JsonProcessingException {
        assertThat(ProfileWriter.merged(object(target), object(patch))).isEqualTo(object(result));
    }

    @Test
    void settingsThatAreNotGivenAreNotWrittenAsNull() throws Exception {
        var profile = ProfileReader.read(null, Json.parse("{\"uri\":\"socket://10.0.0.5\"}"));

        ObjectNode json = ProfileWriter.json(profile);

        assertThat(json.path("uri").asText()).isEqualTo("socket://10.0.0.5:9100");
        assertThat(json.has("socket") || json.has("callback") || json.has("rejectPattern"))
                .isFalse();
        assertThat(json.path("timeouts").has("patience")).isFalse();
        assertThat(ProfileReader.read(null, json)).isEqualTo(profile);
    }

    private static ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) Json.parse(json);
    }
}
