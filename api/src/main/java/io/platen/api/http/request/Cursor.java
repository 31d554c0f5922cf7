package io.platen.api.http.request;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page of a list ended. Cursors are opaque to clients, so that their format can change. */
public final class Cursor {
    private Cursor() {}

    public static String after(int job) {
        return encode(Integer.toString(job));
    }

    /** The next page has the jobs below the returned number. Without a cursor these are all jobs. */
    public static int before(@Nullable String cursor) {
        if (cursor == null) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(decode(cursor));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    public static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    public static ProblemException invalid() {
        return new ProblemException(
                ProblemType.BAD_REQUEST,
                "'after' is not a cursor of this server; use 'next' of the previous page.",
                "after");
    }
}
