package io.platen.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.spooler.job.PrinterProfile;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a profile as {@link ProfileReader} reads it. */
final class ProfileWriter {
    private ProfileWriter() {}

    static ObjectNode json(PrinterProfile profile) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("uri", profile.uri());
        json.put("language", profile.language().keyword());
        put(json, "displayName", profile.displayName());
        put(json, "location", profile.location());
        profile.tags().forEach(json.putArray("tags")::add);
        json.put("delivery", profile.delivery().keyword());
        json.put("confirm", profile.confirm().keyword());
        json.put("connection", profile.connection().keyword());
        json.put("attempts", profile.attempts());
        ObjectNode backoff = json.putObject("backoff");
        put(backoff, "min", profile.backoff().min());
        put(backoff, "max", profile.backoff().max());
        ObjectNode timeouts = json.putObject("timeouts");
        put(timeouts, "connect", profile.timeouts().connect());
        put(timeouts, "stall", profile.timeouts().stall());
        put(timeouts, "close", profile.timeouts().close());
        put(timeouts, "patience", profile.timeouts().patience());
        put(timeouts, "confirm", profile.timeouts().confirm());
        put(timeouts, "pause", profile.timeouts().pause());
        put(json, "rejectPattern", profile.rejectPattern());
        put(json, "ignorePattern", profile.ignorePattern());
        socket(json, profile.socket());
        put(json, "keepDocuments", profile.keepDocuments());
        put(json, "callback", profile.callback());
        return json;
    }

    private static void socket(ObjectNode json, PrinterProfile.@Nullable Socket own) {
        if (own == null) {
            return;
        }
        ObjectNode socket = json.putObject("socket");
        if (own.sendBufferBytes() != null) {
            socket.put("sendBuffer", own.sendBufferBytes());
        }
        put(socket, "userTimeout", own.userTimeout());
        ObjectNode keepAlive = socket.putObject("keepAlive");
        put(keepAlive, "idle", own.keepAliveIdle());
        put(keepAlive, "interval", own.keepAliveInterval());
        if (own.keepAliveCount() != null) {
            keepAlive.put("count", own.keepAliveCount());
        }
    }

    private static void put(ObjectNode json, String field, @Nullable String text) {
        if (text != null) {
            json.put(field, text);
        }
    }

    private static void put(ObjectNode json, String field, @Nullable Duration duration) {
        if (duration != null) {
            json.put(field, Durations.text(duration));
        }
    }

    /** Applies a merge patch (RFC 7396): objects are merged, null removes a field, any other value replaces it. */
    static ObjectNode merged(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode object && target.get(field.getKey()) instanceof ObjectNode inner) {
                target.set(field.getKey(), merged(inner, object));
            } else {
                target.set(field.getKey(), value);
            }
        }
        return target;
    }
}
