package io.platen.api.http.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * Requires text from clients to be Unicode. JSON can contain half of a surrogate pair (RFC 8259, section 8.2), for example when
 * a string was cut in the middle of an emoji. UTF-8 cannot encode that, so it could be neither stored nor shown.
 */
public final class WellFormed {
    private WellFormed() {}

    /** Checks every name and every string. */
    public static void require(JsonNode json) {
        require(json, "");
    }

    private static void require(JsonNode json, String path) {
        if (json.isTextual()) {
            require(json.textValue(), path);
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                require(json.get(i), path + "[" + i + "]");
            }
        } else if (json.isObject()) {
            json.fields().forEachRemaining(field -> {
                require(field.getKey(), path.isEmpty() ? "the name of a field" : path);
                require(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey());
            });
        }
    }

    private static void require(String text, String field) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "This text is not Unicode: it has half of a surrogate pair. Was it cut in the middle of a character?",
                    field);
        }
    }
}
