package io.platen.api.http.jobs;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.security.Caller;
import io.platen.api.webhook.Webhooks;

/** How much one caller may submit. */
record SubmissionLimits(SubmissionRate rate, Webhooks webhooks) {

    void requireRate(Caller caller) {
        if (!rate.allows(caller.key())) {
            throw new ProblemException(ProblemType.RATE_LIMITED, "Rate limit exceeded for this caller; retry in 1 s.");
        }
    }

    void requireCallback(Caller caller, String url) {
        if (!webhooks.mayCall(caller.key(), url)) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_CALLBACKS,
                    "The limit of callback URLs that events wait for is reached, in all or for this caller"
                            + " (platen.webhooks.urls). Try again when they have been delivered.",
                    "callback");
        }
    }
}
