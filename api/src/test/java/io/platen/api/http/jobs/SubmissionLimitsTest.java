package io.platen.api.http.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.security.Caller;
import org.junit.jupiter.api.Test;

final class SubmissionLimitsTest {

    private static final Caller CALLER = Caller.anonymous("192.0.2.1");

    private final SubmissionLimits limits =
            new SubmissionLimits(new SubmissionRate(1, 1, () -> 0), (caller, url) -> url.endsWith("/known"));

    @Test
    void refusalNamesTheSecondsOfRetryAfter() {
        limits.requireRate(CALLER);

        assertThatThrownBy(() -> limits.requireRate(CALLER)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            String seconds =
                    refused.response().getHeader("Retry-After").orElseThrow().value();
            assertThat(refused.type()).isEqualTo(ProblemType.RATE_LIMITED);
            assertThat(refused).hasMessage("Rate limit exceeded for this caller; retry in " + seconds + " s.");
        });
    }

    @Test
    void callbackBeyondTheShareIsRefused() {
        limits.requireCallback(CALLER, "https://example.com/known");

        assertThatThrownBy(() -> limits.requireCallback(CALLER, "https://example.com/other"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_CALLBACKS));
    }
}
