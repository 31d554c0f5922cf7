package io.platen.api.http;

import akka.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final @Nullable String field;

    ProblemException(ProblemType type, String detail) {
        this(type, detail, null);
    }

    ProblemException(ProblemType type, String detail, @Nullable String field) {
        super(detail, null, false, false);
        this.type = type;
        this.field = field;
    }

    HttpResponse response() {
        return Responses.problem(type, String.valueOf(getMessage()), field);
    }
}
