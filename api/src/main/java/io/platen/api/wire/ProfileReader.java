package io.platen.api.wire;

import akka.http.javadsl.model.Uri;
import akka.http.scaladsl.model.IllegalUriException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.PrinterAddress;
import io.platen.printer.diagnosis.Keywords;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ReplyPattern;
import io.platen.spooler.job.DeliveryPromise;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.PrinterProfile.Backoff;
import io.platen.spooler.job.PrinterProfile.Socket;
import io.platen.spooler.job.PrinterProfile.Timeouts;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code PUT /v1/printers/{printer}}. Fields that are not given get their defaults. */
public final class ProfileReader {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "uri",
            "language",
            "displayName",
            "location",
            "tags",
            "delivery",
            "confirm",
            "connection",
            "attempts",
            "backoff",
            "timeouts",
            "rejectPattern",
            "ignorePattern",
            "socket",
            "keepDocuments",
            "callback");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int LONGEST_URL = 2000;
    private static final int LONGEST_TEXT = 255;
    private static final int MOST_TAGS = 50;

    private ProfileReader() {}

    /**
     * Reads a profile.
     *
     * @param id the id in the path; null if there is none
     */
    public static PrinterProfile read(@Nullable PrinterId id, JsonNode body) throws InvalidFieldException {
        requireObject(body, "body", FIELDS);
        if (id != null && body.has("id") && !id.value().equals(body.get("id").asText())) {
            throw new InvalidFieldException("id", "The id in the body differs from the one in the path; leave it out.");
        }
        String uri = text(body, "uri");
        if (uri == null) {
            throw new InvalidFieldException("uri", "A printer needs a uri, such as socket://10.0.0.5:9100.");
        }
        var connection = constant(body, "connection", ConnectionPolicy.class, ConnectionPolicy.PER_JOB);
        return new PrinterProfile(
                address(uri),
                constant(body, "language", PrinterLanguage.class, PrinterLanguage.RAW),
                text(body, "displayName"),
                text(body, "location"),
                tags(body),
                constant(body, "delivery", DeliveryPromise.class, DeliveryPromise.AT_LEAST_ONCE),
                confirm(body, connection),
                connection,
                number(body, "", "attempts", 3, 1, 100),
                backoff(body),
                timeouts(body),
                pattern(body, "rejectPattern"),
                socket(body),
                optional(body, "", "keepDocuments", Duration.ZERO, Duration.ofDays(3650)),
                callback(text(body, "callback")),
                pattern(body, "ignorePattern"));
    }

    /** Merges the body over a profile (RFC 7396), and checks the result as a whole. */
    public static PrinterProfile over(PrinterProfile profile, JsonNode body) throws InvalidFieldException {
        requireObject(body, "body", FIELDS);
        return read(null, ProfileWriter.merged(ProfileWriter.json(profile), (ObjectNode) body));
    }

    private static String address(String uri) throws InvalidFieldException {
        try {
            return PrinterAddress.accept(uri).uri();
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("uri", String.valueOf(e.getMessage()));
        }
    }

    private static Rung confirm(JsonNode body, ConnectionPolicy connection) throws InvalidFieldException {
        Rung confirm = constant(body, "confirm", Rung.class, Rung.ACKNOWLEDGED);
        if (confirm == Rung.WRITTEN) {
            throw new InvalidFieldException(
                    "confirm", "'written' says nothing about the printer; use acknowledged or closed.");
        }
        if (confirm == Rung.PRINTED
                && constant(body, "language", PrinterLanguage.class, PrinterLanguage.RAW) != PrinterLanguage.ZPL) {
            throw new InvalidFieldException(
                    "confirm", "Only zpl printers can report that labels were printed; use acknowledged or closed.");
        }
        if (confirm == Rung.CLOSED && connection == ConnectionPolicy.KEEP_OPEN) {
            throw new InvalidFieldException(
                    "confirm", "A connection that is kept open is never closed; use acknowledged.");
        }
        return confirm;
    }

    private static Backoff backoff(JsonNode body) throws InvalidFieldException {
        JsonNode node = child(body, "backoff", Set.of("min", "max"));
        Duration min = duration(node, "backoff", "min", SECOND, Duration.ofMillis(1), Duration.ofHours(1));
        Duration usual = min.compareTo(Duration.ofSeconds(60)) > 0 ? min : Duration.ofSeconds(60);
        Duration max = duration(node, "backoff", "max", usual, Duration.ofMillis(1), DAY);
        if (max.compareTo(min) < 0) {
            throw new InvalidFieldException(
                    "backoff.max", "The longest pause, max, must not be shorter than the first, min.");
        }
        return new Backoff(min, max);
    }

    private static Timeouts timeouts(JsonNode body) throws InvalidFieldException {
        JsonNode node = child(body, "timeouts", Set.of("connect", "stall", "close", "patience", "confirm", "pause"));
        return new Timeouts(
                duration(
                        node,
                        "timeouts",
                        "connect",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(10)),
                duration(node, "timeouts", "stall", Duration.ofSeconds(30), Duration.ofMillis(100), DAY),
                duration(node, "timeouts", "close", Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofHours(1)),
                optional(node, "timeouts", "patience", Duration.ofMillis(100), Duration.ofDays(30)),
                optional(node, "timeouts", "confirm", Duration.ofMillis(100), DAY),
                optional(node, "timeouts", "pause", Duration.ZERO, Duration.ofHours(1)));
    }

    private static @Nullable Socket socket(JsonNode body) throws InvalidFieldException {
        if (!body.hasNonNull("socket")) {
            return null;
        }
        JsonNode node = child(body, "socket", Set.of("sendBuffer", "keepAlive", "userTimeout"));
        JsonNode keepAlive = child(node, "socket.", "keepAlive", Set.of("idle", "interval", "count"));
        return new Socket(
                node.hasNonNull("sendBuffer")
                        ? (Integer) number(node, "socket.", "sendBuffer", 0, 4096, 64 * 1024 * 1024)
                        : null,
                wholeSeconds(keepAlive, "idle"),
                wholeSeconds(keepAlive, "interval"),
                keepAlive.hasNonNull("count")
                        ? (Integer) number(keepAlive, "socket.keepAlive.", "count", 0, 1, 127)
                        : null,
                userTimeout(node));
    }

    /** The kernel counts these times in whole seconds. */
    private static @Nullable Duration wholeSeconds(JsonNode keepAlive, String field) throws InvalidFieldException {
        Duration duration = optional(keepAlive, "socket.keepAlive", field, SECOND, Duration.ofHours(1));
        if (duration != null && duration.toMillis() % SECOND.toMillis() != 0) {
            throw new InvalidFieldException("socket.keepAlive." + field, "Only whole seconds are allowed.");
        }
        return duration;
    }

    private static @Nullable Duration userTimeout(JsonNode socket) throws InvalidFieldException {
        Duration timeout = optional(socket, "socket", "userTimeout", Duration.ZERO, DAY);
        if (timeout != null && !timeout.isZero() && timeout.compareTo(SECOND) < 0) {
            throw new InvalidFieldException(
                    "socket.userTimeout", "This must be 0s, which turns it off, or from 1s to 24h.");
        }
        return timeout;
    }

    private static @Nullable Duration optional(
            JsonNode node, String parent, String field, Duration least, Duration most) throws InvalidFieldException {
        return node.hasNonNull(field) ? duration(node, parent, field, Duration.ZERO, least, most) : null;
    }

    private static @Nullable String pattern(JsonNode body, String field) throws InvalidFieldException {
        String pattern = text(body, field);
        if (pattern != null) {
            try {
                var unused = ReplyPattern.of(pattern);
            } catch (IllegalArgumentException e) {
                throw new InvalidFieldException(field, String.valueOf(e.getMessage()));
            }
        }
        return pattern;
    }

    private static List<String> tags(JsonNode body) throws InvalidFieldException {
        JsonNode node = body.get("tags");
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MOST_TAGS) {
            throw new InvalidFieldException("tags", "'tags' must be an array of at most " + MOST_TAGS + " strings.");
        }
        var tags = new ArrayList<String>();
        for (JsonNode tag : node) {
            if (!tag.isTextual() || tag.asText().isBlank() || tag.asText().length() > LONGEST_TEXT) {
                throw new InvalidFieldException(
                        "tags", "Each tag must be a string of 1 to " + LONGEST_TEXT + " characters.");
            }
            tags.add(tag.asText());
        }
        return List.copyOf(tags);
    }

    private static void requireObject(JsonNode node, String name, Set<String> known) throws InvalidFieldException {
        if (!node.isObject()) {
            throw new InvalidFieldException(name, "This must be a JSON object.");
        }
        for (String field : (Iterable<String>) node::fieldNames) {
            if (!known.contains(field)) {
                String path = name.equals("body") ? field : name + "." + field;
                throw new InvalidFieldException(
                        path,
                        "There is no such setting. Known are "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    private static JsonNode child(JsonNode body, String name, Set<String> known) throws InvalidFieldException {
        return child(body, "", name, known);
    }

    private static JsonNode child(JsonNode body, String parent, String name, Set<String> known)
            throws InvalidFieldException {
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        requireObject(node, parent + name, known);
        return node;
    }

    private static @Nullable String text(JsonNode body, String field) throws InvalidFieldException {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual() || node.asText().length() > LONGEST_TEXT) {
            throw new InvalidFieldException(field, "This must be a string of at most " + LONGEST_TEXT + " characters.");
        }
        return node.asText();
    }

    private static int number(JsonNode body, String parent, String field, int usual, int least, int most)
            throws InvalidFieldException {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return usual;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least || node.asInt() > most) {
            throw new InvalidFieldException(
                    parent + field, "This must be a whole number from " + least + " to " + most + ".");
        }
        return node.asInt();
    }

    private static Duration duration(
            JsonNode node, String parent, String field, Duration usual, Duration least, Duration most)
            throws InvalidFieldException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return usual;
        }
        String path = parent.isEmpty() ? field : parent + "." + field;
        Duration duration;
        try {
            duration = Durations.parse(value.isTextual() ? value.asText() : value.toString());
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(path, e.getMessage() + ".");
        }
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new InvalidFieldException(
                    path, "This must be from " + Durations.text(least) + " to " + Durations.text(most) + ".");
        }
        return duration;
    }

    private static <E extends Enum<E>> E constant(JsonNode body, String field, Class<E> type, E usual)
            throws InvalidFieldException {
        String text = text(body, field);
        if (text == null) {
            return usual;
        }
        for (E constant : type.getEnumConstants()) {
            if (Keywords.of(constant).equals(text)) {
                return constant;
            }
        }
        String known = Arrays.stream(type.getEnumConstants()).map(Keywords::of).collect(Collectors.joining(", "));
        throw new InvalidFieldException(field, "'" + text + "' is not a known value. Known are " + known + ".");
    }

    /** Checks a callback's URL. An empty one is null. */
    public static @Nullable String callback(@Nullable String url) throws InvalidFieldException {
        if (url == null || url.isEmpty()) {
            return null;
        }
        try {
            var uri = new URI(url);
            // Akka must be able to call it, too.
            var unused = Uri.create(url);
            boolean isWeb = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getUserInfo() == null && url.length() <= LONGEST_URL) {
                return url;
            }
        } catch (URISyntaxException | IllegalUriException e) {
            // Refused below.
        }
        throw new InvalidFieldException(
                "callback", "'" + url + "' is not a callback URL; write https://host/path, without a user name in it.");
    }
}
