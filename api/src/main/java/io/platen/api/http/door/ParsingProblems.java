package io.platen.api.http.door;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.http.problem.SecurityHeaders;

/**
 * Answers bytes that are not HTTP with a problem, like every other refusal. Akka HTTP makes it by the name in application.conf.
 */
public final class ParsingProblems extends ParsingErrorHandler {
    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        for (HeadGuard.BadHead refusal : HeadGuard.BadHead.values()) {
            if (error.detail().equals(refusal.method())) {
                return SecurityHeaders.on(refusal.response(), false);
            }
        }
        return SecurityHeaders.on(
                Responses.problem(ProblemType.ofStatus(status.intValue()), error.summary() + "."), false);
    }
}
