package io.platen.api.http.request;

import akka.http.javadsl.model.HttpRequest;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is sorted by a key. Without a {@code limit} the page is the whole list.
 *
 * @param next the cursor of the next page; null if this is the last one
 */
public record Page<T>(List<T> entries, @Nullable String next) {
    private static final int LARGEST = 1000;

    /** The page that a request asks for. */
    public static <T> Page<T> of(HttpRequest request, Stream<T> inOrder, Function<T, String> key) {
        int limit = Query.number(request, "limit", Integer.MAX_VALUE, 1, LARGEST);
        String cursor = Query.text(request, "after");
        String after = cursor == null ? "" : Cursor.decode(cursor);
        List<T> entries = inOrder.filter(entry -> key.apply(entry).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        return entries.size() <= limit
                ? new Page<>(entries, null)
                : new Page<>(entries.subList(0, limit), Cursor.encode(key.apply(entries.get(limit - 1))));
    }
}
