package io.platen.api.http.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The caller's trace (W3C Trace Context, section 3.2), which the logs of its request and jobs mention. */
public final class TraceContext {
    private static final Pattern PARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {}

    /** A malformed header is ignored, as the specification says. */
    public static @Nullable String of(@Nullable String header) {
        return header != null && PARENT.matcher(header).matches() ? header : null;
    }
}
