package io.platen.api.http.request;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.scaladsl.model.IllegalUriException;
import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a request's query string and headers, and refuses values that are not allowed. */
public final class Query {
    private Query() {}

    public static @Nullable String text(HttpRequest request, String name) {
        try {
            return request.getUri().query().get(name).orElse(null);
        } catch (IllegalUriException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The query string is malformed: " + e.getMessage());
        }
    }

    /** A header's value without surrounding blanks. */
    public static @Nullable String header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).map(String::strip).orElse(null);
    }

    public static int number(HttpRequest request, String name, int usual, int least, int most) {
        String text = text(request, name);
        if (text == null) {
            return usual;
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "'" + name + "' must be a whole number, not '" + text + "'.", name);
        }
        if (value < least || value > most) {
            throw new ProblemException(
                    ProblemType.INVALID_FIELD,
                    "'%s' must be %d to %d, not %d.".formatted(name, least, most, value),
                    name);
        }
        return (int) value;
    }

    /** One of a fixed set of keywords. */
    public static <E> E keyword(String text, E[] known, Function<E, String> keyword, String field) {
        return Arrays.stream(known)
                .filter(constant -> keyword.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "'%s' is not a known %s. Known are %s."
                                .formatted(
                                        text,
                                        field,
                                        Arrays.stream(known).map(keyword).collect(Collectors.joining(", "))),
                        field));
    }

    /** {@code true} or {@code false}; the name alone means true. */
    public static boolean flag(HttpRequest request, String name) {
        String text = text(request, name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true") || text.isEmpty()) {
            return true;
        }
        throw new ProblemException(
                ProblemType.BAD_REQUEST, "'" + name + "' must be true or false, not '" + text + "'.", name);
    }

    /** Reads a time in the form of RFC 3339; null means no lower limit. */
    public static Instant since(@Nullable String text) {
        if (text == null) {
            return Instant.MIN;
        }
        try {
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "'since' must be a time such as 2026-11-20T10:00:00Z (RFC 3339).",
                    "since");
        }
    }
}
