package io.platen.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shortens callback URLs for readers who may not see all of them: path and query can be a secret, as in chat webhooks. */
public final class CallbackUrl {
    /** The first segment of a longer path, if it looks like a word and not like a key. */
    private static final Pattern HEAD = Pattern.compile("(/[A-Za-z_.-]{1,20})/.");

    private CallbackUrl() {}

    /** Scheme, host, port, and the first segment of a longer path. */
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

    public static String host(String url) {
        try {
            return String.valueOf(new URI(url).getHost());
        } catch (URISyntaxException e) {
            return "…";
        }
    }

    /** JSON as text, with shortened callbacks wherever they stand. */
    public static String shownIn(JsonNode json) {
        return json.deepCopy() instanceof ObjectNode object ? shownIn(object).toString() : json.toString();
    }

    /** Shortens every callback, and removes the claim to an idempotency key, which names its owner. */
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
