package io.platen.spooler.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an array field by field. Fields that are not there, because an older version wrote it, are read as null; those
 * of a newer version are passed over.
 */
final class RowReader {
    private final JsonParser parser;
    private final DeserializationContext context;
    private boolean ended;

    /** Constants by their stored names. */
    record Keywords<E extends Enum<E>>(Map<String, E> constants) {
        static <E extends Enum<E>> Keywords<E> of(E[] constants) {
            return new Keywords<>(Arrays.stream(constants)
                    .collect(Collectors.toUnmodifiableMap(
                            io.platen.printer.diagnosis.Keywords::of, Function.identity())));
        }
    }

    /** Reads something. */
    interface Reading<T> {
        T read(RowReader row) throws IOException;
    }

    /** Reads something that may not be there. */
    interface ReadingAny<T> {
        @Nullable
        T read(RowReader row) throws IOException;
    }

    /** Of a parser that is at the array's start. */
    RowReader(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            context.reportWrongTokenException(PrintJob.class, JsonToken.START_ARRAY, "a row begins with an array");
        }
        this.parser = parser;
        this.context = context;
    }

    /** Whether there is another field that is not null. */
    private boolean next() throws IOException {
        if (ended) {
            return false;
        }
        JsonToken token = parser.nextToken();
        ended = token == JsonToken.END_ARRAY;
        return !ended && token != JsonToken.VALUE_NULL;
    }

    /** Behind the row. */
    void end() throws IOException {
        while (!ended) {
            ended = parser.nextToken() == JsonToken.END_ARRAY;
            if (!ended) {
                parser.skipChildren();
            }
        }
    }

    long number() throws IOException {
        return required(numberIfAny());
    }

    @Nullable
    Long numberIfAny() throws IOException {
        return next() ? parser.getLongValue() : null;
    }

    String text() throws IOException {
        return required(textIfAny());
    }

    @Nullable
    String textIfAny() throws IOException {
        return next() ? parser.getText() : null;
    }

    boolean flag() throws IOException {
        return next() && parser.getBooleanValue();
    }

    byte[] bytes() throws IOException {
        return required(next() ? parser.getBinaryValue() : null);
    }

    Instant time() throws IOException {
        return required(timeIfAny());
    }

    @Nullable
    Instant timeIfAny() throws IOException {
        return next() ? Instant.ofEpochMilli(parser.getLongValue()) : null;
    }

    <E extends Enum<E>> E keyword(Keywords<E> known) throws IOException {
        return required(keywordIfAny(known));
    }

    @Nullable
    <E extends Enum<E>> E keywordIfAny(Keywords<E> known) throws IOException {
        return next() ? required(known.constants().get(parser.getText())) : null;
    }

    <T> T value(Class<T> type) throws IOException {
        return required(valueIfAny(type));
    }

    /** What Jackson reads itself. */
    @Nullable
    <T> T valueIfAny(Class<T> type) throws IOException {
        return next() ? context.readValue(parser, type) : null;
    }

    <T> T row(Reading<T> reading) throws IOException {
        return required(rowIfAny(reading));
    }

    @Nullable
    <T> T rowIfAny(Reading<T> reading) throws IOException {
        if (!next()) {
            return null;
        }
        var row = new RowReader(parser, context);
        T read = reading.read(row);
        row.end();
        return read;
    }

    /** A list: an array of any length; at its end there is nothing to be read. */
    <T> List<T> list(ReadingAny<T> reading) throws IOException {
        if (!next()) {
            return List.of();
        }
        return new RowReader(parser, context).rest(reading);
    }

    /** What is left, as a list. */
    <T> List<T> rest(ReadingAny<T> reading) throws IOException {
        var list = new ArrayList<T>();
        for (T element = reading.read(this); element != null; element = reading.read(this)) {
            list.add(element);
        }
        return List.copyOf(list);
    }

    private <T> T required(@Nullable T value) throws IOException {
        if (value == null) {
            throw new JsonMappingException(parser, "a field of a row is missing or unknown");
        }
        return value;
    }
}
