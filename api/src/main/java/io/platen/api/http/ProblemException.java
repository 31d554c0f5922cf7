package io.platen.api.http;

import akka.http.javadsl.model.HttpResponse;
import io.platen.spooler.job.Reply;
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

    /** The problem that a queue refused with. */
    static ProblemException of(Reply.Refused refused) {
        return new ProblemException(ProblemType.of(refused.why()), refused.detail());
    }

    ProblemType type() {
        return type;
    }

    /** What a client reads. */
    ProblemView view() {
        return new ProblemView(
                "/problems/" + type.slug(), type.title(), type.status(), String.valueOf(getMessage()), field);
    }

    HttpResponse response() {
        return Responses.problem(type, String.valueOf(getMessage()), field);
    }
}
