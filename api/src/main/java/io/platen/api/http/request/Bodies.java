package io.platen.api.http.request;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.WellFormed;
import io.platen.api.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** Reads JSON bodies. */
public final class Bodies {
    /** The largest JSON body, in bytes. */
    public static final long MOST_JSON = 64 * 1024;

    private static final long READ_MILLIS = 10_000;

    private Bodies() {}

    public static CompletionStage<JsonNode> json(ActorSystem<?> system, HttpEntity body) {
        return text(system, body).thenApplyAsync(Bodies::parse, system.executionContext());
    }

    /** Reads a body that may be empty, which counts as an empty object. */
    public static CompletionStage<JsonNode> jsonIfAny(ActorSystem<?> system, HttpEntity body) {
        return text(system, body)
                .thenApplyAsync(text -> parse(text.isBlank() ? "{}" : text), system.executionContext());
    }

    private static CompletionStage<String> text(ActorSystem<?> system, HttpEntity body) {
        return body.toStrict(READ_MILLIS, system)
                .thenApplyAsync(
                        strict -> strict.getData().decodeString(StandardCharsets.UTF_8), system.executionContext());
    }

    /** Fails with a problem that says where the text is not JSON. */
    public static JsonNode parse(String text) {
        try {
            JsonNode json = Json.parse(text);
            if (json.isMissingNode()) {
                throw new ProblemException(ProblemType.BAD_JSON, "The body is empty; a JSON object is expected.");
            }
            WellFormed.require(json);
            return json;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new ProblemException(
                    ProblemType.BAD_JSON,
                    "The body is not JSON: %s%s"
                            .formatted(
                                    e.getOriginalMessage(),
                                    where == null
                                            ? ""
                                            : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")"));
        }
    }
}
