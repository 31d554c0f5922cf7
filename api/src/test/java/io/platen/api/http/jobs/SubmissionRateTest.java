package io.platen.api.http.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ten a second and thirty at once, for each caller. */
final class SubmissionRateTest {
    private static final long SECOND = 1_000_000_000L;

    private long nanos = 5 * SECOND;
    private final SubmissionRate rate = new SubmissionRate(10, 30, () -> nanos);

    @Test
    void burstIsAllowedAndThenOneForEachTenthOfASecond() {
        assertThat(allowed("anna", 100)).isEqualTo(30);

        nanos += SECOND / 10;
        assertThat(allowed("anna", 100)).isEqualTo(1);
        nanos += SECOND;
        assertThat(allowed("anna", 100)).isEqualTo(10);
        nanos += SECOND / 20;
        assertThat(allowed("anna", 1)).isZero();
    }

    @Test
    void pauseSavesUpNoMoreThanABurst() {
        allowed("anna", 100);

        nanos += 3600 * SECOND;

        assertThat(allowed("anna", 100)).isEqualTo(30);
    }

    @Test
    void callersDoNotTakeEachOthersShare() {
        allowed("anna", 100);

        assertThat(allowed("bob", 100)).isEqualTo(30);
    }

    /** Whoever is forgotten for want of room must not have a new burst by that. */
    @Test
    void manyCallersDoNotFreeOneThatHasUsedItsShareUp() {
        allowed("anna", 100);

        for (int caller = 0; caller < 20_000; caller++) {
            assertThat(rate.allows("caller-" + caller)).isTrue();
        }

        assertThat(rate.allows("anna")).isFalse();
    }

    private int allowed(String caller, int asked) {
        int allowed = 0;
        for (int i = 0; i < asked; i++) {
            allowed += rate.allows(caller) ? 1 : 0;
        }
        return allowed;
    }
}
