package io.platen.api.http.jobs;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.security.Caller;
import io.platen.api.webhook.Webhooks;

/** How much one caller may submit. */
public record SubmissionLimits(SubmissionRate rate, Webhooks webhooks) {

    void requireRate(Caller caller) {
        if (!rate.allows(caller.key())) {
            throw new ProblemException(ProblemType.RATE_LIMITED, "Rate limit exceeded for this caller; retry in 1 s.");
        }
    }

    void requireCallback(Caller caller, String url) {
        if (!webhooks.mayCall(caller.key(), url)) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_CALLBACKS,
                    "Events already wait for the largest number of callback URLs that one caller may have. Try again"
                            + " when they have been delivered.",
                    "callback");
        }
    }
}
