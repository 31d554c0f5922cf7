package io.platen.api.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a JSON object that a client sent, and refuses values that are not allowed. */
public final class JsonFields {
    private JsonFields() {}

    /** Refuses a value that is not an object or has a field that is not known. */
    public static void requireOnly(JsonNode json, Set<String> known, String what) {
        if (!json.isObject()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "A " + what + " must be a JSON object.");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemType.INVALID_FIELD, "A " + what + " has no field '" + name + "'.", name);
            }
        });
    }

    public static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "'" + name + "' must be a string.", name);
        }
        return value.asText();
    }

    /** A whole number from 1 to {@code most}. */
    public static int number(JsonNode json, String name, int usual, int most) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > most) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "'%s' must be a whole number from 1 to %d.".formatted(name, most), name);
        }
        return value.asInt();
    }

    /** A missing field is false. */
    public static boolean flag(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "'" + name + "' must be true or false.", name);
        }
        return value.asBoolean();
    }
}
