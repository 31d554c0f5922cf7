package io.platen.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as a line of JSON.
 *
 * @param content the print data
 */
record JobLine(
        String printer,
        byte[] content,
        @Nullable String name,
        int copies,
        int priority,
        boolean hold,
        @Nullable String idempotencyKey,
        @Nullable String contentType,
        @Nullable String callback) {
    private static final Set<String> FIELDS = Set.of(
            "printer", "content", "name", "copies", "priority", "hold", "idempotencyKey", "contentType", "callback");

    /** Reads it. */
    static JobLine of(JsonNode line) {
        if (!line.isObject()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "A line is a JSON object.");
        }
        line.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new ProblemException(ProblemType.INVALID_FIELD, "There is no '" + name + "' in a job.", name);
            }
        });
        String printer = FailureFilter.text(line, "printer");
        String content = FailureFilter.text(line, "content");
        if (printer == null || content == null) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "A job has a 'printer' and, in Base64, its 'content'.",
                    printer == null ? "printer" : "content");
        }
        return new JobLine(
                printer,
                decode(content),
                FailureFilter.text(line, "name"),
                number(line, "copies", 1, Submission.MOST_COPIES),
                number(line, "priority", Submission.USUAL_PRIORITY, Submission.HIGHEST_PRIORITY),
                flag(line, "hold"),
                FailureFilter.text(line, "idempotencyKey"),
                Submission.contentType(FailureFilter.text(line, "contentType")),
                FailureFilter.text(line, "callback"));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "'content' is not Base64 (RFC 4648, section 4).", "content");
        }
    }

    private static int number(JsonNode line, String name, int usual, int most) {
        JsonNode value = line.path(name);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1 || value.asInt() > most) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD, "'%s' is a whole number from 1 to %d.".formatted(name, most), name);
        }
        return value.asInt();
    }

    private static boolean flag(JsonNode line, String name) {
        JsonNode value = line.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "'" + name + "' is true or false.", name);
        }
        return value.asBoolean();
    }
}
