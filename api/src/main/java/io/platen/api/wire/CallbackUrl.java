package io.platen.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A callback's URL, for those who may not know all of it: its path and query can be a secret, as a chat's are. */
public final class CallbackUrl {
    /** The first part of a longer path, where it is a word and no key. */
    private static final Pattern HEAD = Pattern.compile("(/[A-Za-z_.-]{1,20})/.");

    private CallbackUrl() {}

    /** Where it leads to: scheme, host, port, and the first part of a longer path. */
    public static String shown(String url) {
        try {
            var uri = new URI(url);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            Matcher named = HEAD.matcher(path);
            String head = named.lookingAt() ? named.group(1) : "";
            boolean isMore = uri.getRawQuery() != null || path.length() > Math.max(1, head.length());
            return uri.getScheme() + "://" + uri.getRawAuthority() + head + (isMore ? "/…" : "");
        } catch (URISyntaxException e) {
            return "…";
        }
    }

    /** Whose machine it leads to. */
    public static String host(String url) {
        try {
            return String.valueOf(new URI(url).getHost());
        } catch (URISyntaxException e) {
            return "…";
        }
    }

    /** The text of this, with what is shown of callbacks wherever they stand. */
    public static String shownIn(JsonNode json) {
        return json.deepCopy() instanceof ObjectNode object ? shownIn(object).toString() : json.toString();
    }

    /** Wherever a callback stands in this, what is shown of it; and nothing of whose an idempotency key is. */
    static ObjectNode shownIn(ObjectNode json) {
        json.findParents("callback").forEach(parent -> {
            if (parent instanceof ObjectNode object && object.path("callback").isTextual()) {
                object.put("callback", shown(object.path("callback").asText()));
            }
        });
        json.findParents("claim").forEach(parent -> ((ObjectNode) parent).remove("claim"));
        return json;
    }

    static @Nullable String shownOrNull(@Nullable String url) {
        return url == null ? null : shown(url);
    }
}
