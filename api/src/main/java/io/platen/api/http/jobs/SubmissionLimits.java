package io.platen.api.http.jobs;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.problem.Responses;
import io.platen.api.security.Caller;
import java.util.function.BiPredicate;

/**
 * Refuses callers who submit too fast or use too many callbacks.
 *
 * @param mayCall whether a caller may use a callback URL
 */
record SubmissionLimits(SubmissionRate rate, BiPredicate<String, String> mayCall) {

    void requireRate(Caller caller) {
        if (!rate.allows(caller.key())) {
            throw new ProblemException(
                    ProblemType.RATE_LIMITED,
                    "Rate limit exceeded for this caller; retry in " + Responses.RETRY_AFTER_SECONDS + " s.");
        }
    }

    void requireCallback(Caller caller, String url) {
        if (!mayCall.test(caller.key(), url)) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_CALLBACKS,
                    "Too many callback URLs have undelivered events, in total or for this caller"
                            + " (platen.webhooks.urls). Try again when the events have been delivered.",
                    "callback");
        }
    }
}
