package io.platen.api.http.problem;

import org.jspecify.annotations.Nullable;

/**
 * The wire form of a problem (RFC 9457).
 *
 * @param field the field of the request that is wrong
 */
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {}
