package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Cause;
import org.junit.jupiter.api.Test;

/** Deliveries whose judgement comes into doubt after they were judged. */
final class ReopenedJudgementTest extends WithQueue {
    @Test
    void jobThatWasResetSoonAfterItsJudgementIsSentAgain() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        start();
        end(delivered());
        reopen(1);

        var job = state.jobs().find(1).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.PENDING);
        assertThat(job.attempts().get(0).outcome()).isEqualTo(JobAttempt.Outcome.IN_DOUBT);
        assertThat(job.countedAttempts()).isEqualTo(1);
        assertThat(drainOrder()).containsExactly(1);
    }

    /** Each of its deliveries was taken back: as many copies as allowed may be out, and the job is not to blame. */
    @Test
    void printerThatResetsSoonAfterEveryJudgementGetsNoMoreCopiesThanAllowed() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        submit(50, null);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(start()).isEqualTo(1);
            end(delivered());
            reopen(1, attempt);
        }

        var job = state.jobs().find(1).orElseThrow();
        assertThat(job.copiesSent()).isEqualTo(3);
        assertThat(job.isQuarantined()).isFalse();
        assertThat(job.state()).isEqualTo(JobState.PENDING_HELD);
        assertThat(job.reasons()).containsExactly(JobReason.DELIVERY_IN_DOUBT);
        assertThat(job.attempts()).extracting(JobAttempt::verdict).last().isEqualTo(Verdict.IN_DOUBT);
        assertThat(drainOrder()).as("the queue goes on").containsExactly(2);
    }

    @Test
    void jobThatWasResetSoonAfterItsJudgementIsHeldWhereItMustNotRepeat() {
        configure(DeliveryPromise.AT_MOST_ONCE, 3);
        submit(50, null);
        start();
        end(delivered());
        reopen(1);

        assertThat(state.jobs().find(1).orElseThrow().reasons()).containsExactly(JobReason.DELIVERY_IN_DOUBT);
    }

    @Test
    void jobThatDoesNotStandAsDeliveredIsNotJudgedAgain() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        start();
        end(failed(Cause.PRINTER_REJECTED, 10));
        long events = state.events();
        reopen(1);

        assertThat(state.events()).isEqualTo(events);
    }
}
