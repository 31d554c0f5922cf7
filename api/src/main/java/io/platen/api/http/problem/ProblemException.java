package io.platen.api.http.problem;

import akka.http.javadsl.model.HttpResponse;
import io.platen.spooler.job.Reply;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final @Nullable String field;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null);
    }

    public ProblemException(ProblemType type, String detail, @Nullable String field) {
        super(detail, null, false, false);
        this.type = type;
        this.field = field;
    }

    public static ProblemException of(Reply.Refused refused) {
        return new ProblemException(ProblemType.of(refused.why()), refused.detail());
    }

    public ProblemType type() {
        return type;
    }

    public ProblemView view() {
        return new ProblemView(
                "/problems/" + type.slug(), type.title(), type.status(), String.valueOf(getMessage()), field);
    }

    public HttpResponse response() {
        return Responses.problem(type, String.valueOf(getMessage()), field);
    }
}
