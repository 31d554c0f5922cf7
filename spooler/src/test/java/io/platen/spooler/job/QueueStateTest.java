package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The state machine, alone: its rules, one by one. */
final class QueueStateTest extends WithQueue {
    @Test
    void sendsByPriorityAndThenByAcceptance() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        submit(50, null);
        submit(90, null);

        assertThat(drainOrder()).containsExactly(3, 1, 2);
    }

    @Test
    void retriesKeepTheirPlace() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        submit(50, null);
        start();
        end(failed(Cause.CONNECTION_RESET, 100));

        assertThat(state.jobs().find(1).orElseThrow().state()).isEqualTo(JobState.PENDING);
        assertThat(drainOrder()).containsExactly(1, 2);
    }

    @Test
    void forgetsJobsThatEndedLongAgoAndOnlyThose() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, "first");
        submit(50, null);
        submit(50, null);
        start();
        end(delivered());
        start();
        end(failed(Cause.PRINTER_REJECTED, 100));
        Instant now = now();
        assertThat(Request.ExpireHistory.isDue(state, now)).isTrue();

        ask(new Request.ExpireHistory(now));

        assertThat(state.jobs().all()).extracting(PrintJob::number).containsExactly(2, 3);
        assertThat(state.jobs().findByKey("first")).isEmpty();
        assertThat(state.neededFrom())
                .isEqualTo(state.jobs().find(2).orElseThrow().firstEvent());
        assertThat(Request.ExpireHistory.isDue(state, now)).isFalse();
        ask(new Request.Discard(2, null));
        ask(new Request.ExpireHistory(now()));
        assertThat(drainOrder()).containsExactly(3);
    }

    @Test
    void documentsAreNeededUntilTheirTimeIsUp() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        submit(50, null);
        start();
        end(delivered());
        var done = state.jobs().find(1).orElseThrow();
        Instant ended = Objects.requireNonNull(done.endedAt());

        assertThat(done.needsDocument(ended.plusSeconds(59), Duration.ofMinutes(1)))
                .isTrue();
        assertThat(done.needsDocument(ended.plusSeconds(60), Duration.ofMinutes(1)))
                .isFalse();
        assertThat(state.jobs().find(2).orElseThrow().needsDocument(ended.plusSeconds(9999), Duration.ZERO))
                .isTrue();
    }

    @Test
    void atMostOnceHoldsJobInDoubtAndGoesOn() {
        configure(DeliveryPromise.AT_MOST_ONCE, 3);
        submit(50, null);
        submit(50, null);
        start();
        end(failed(Cause.CONNECTION_RESET, 100));

        var job = state.jobs().find(1).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.PENDING_HELD);
        assertThat(job.reasons()).containsExactly(JobReason.DELIVERY_IN_DOUBT);
        assertThat(drainOrder()).containsExactly(2);
    }

    @Test
    void atMostOnceSendsAgainWhenNothingHadLeft() {
        configure(DeliveryPromise.AT_MOST_ONCE, 3);
        submit(50, null);
        start();
        end(failed(Cause.CONNECTION_RESET, 0));

        assertThat(drainOrder()).containsExactly(1);
    }

    @Test
    void killedAttemptIsInDoubt() {
        configure(DeliveryPromise.AT_MOST_ONCE, 3);
        submit(50, null);
        start();
        store(LineReport.interrupted(state, now()));

        assertThat(state.jobs().find(1).orElseThrow().reasons()).containsExactly(JobReason.DELIVERY_IN_DOUBT);
    }

    @Test
    void rejectedJobGoesToFailureStorageAndQueueGoesOn() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        submit(50, null);
        start();
        end(failed(Cause.PRINTER_REJECTED, 100));

        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isTrue();
        assertThat(state.jobs().counts().failed()).isEqualTo(1);
        assertThat(drainOrder()).containsExactly(2);
    }

    @Test
    void stopsOnJobThatKeepsFailingUntilPrinterIsShownHealthy() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submit(50, null);
        submit(99, null);
        submit(50, null);
        assertThat(start()).isEqualTo(2);
        end(failed(Cause.CONNECTION_RESET, 100));
        assertThat(start()).isEqualTo(2);
        end(failed(Cause.CONNECTION_RESET, 100));

        assertThat(state.stoppedOn()).isEqualTo(2);
        assertThat(state.printerState()).isEqualTo(QueueState.PrinterState.STOPPED);
        store(LineReport.shownHealthy(state, now()));
        assertThat(state.stoppedOn()).isNull();
        assertThat(state.jobs().find(2).orElseThrow().isQuarantined()).isTrue();
        assertThat(drainOrder()).containsExactly(1, 3);
    }

    @Test
    void jobBehindTheStoppedOneShowsWhoseFaultItIs() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submit(50, null);
        submit(50, null);
        submit(50, null);
        start();
        end(failed(Cause.CONNECTION_RESET, 100));
        start();
        end(failed(Cause.CONNECTION_RESET, 100));
        assertThat(state.stoppedOn()).isEqualTo(1);

        assertThat(start()).isEqualTo(2);
        end(failed(Cause.CONNECTION_RESET, 100));
        assertThat(state.stoppedOn()).as("both fail: the printer").isEqualTo(1);
        assertThat(start()).as("the one behind has had its turn").isEqualTo(1);
        end(failed(Cause.CONNECTION_RESET, 100));

        submit(60, null);
        assertThat(start()).isEqualTo(4);
        end(delivered());
        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isTrue();
        assertThat(state.stoppedOn()).isNull();
        assertThat(drainOrder()).containsExactly(2, 3);
    }

    @Test
    void stoppedJobWhosePrinterGoesAwayIsStillTheStoppedOne() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 1);
        submit(50, null);
        start();
        end(failed(Cause.CONNECTION_RESET, 100));
        start();
        end(failed(Cause.CONNECTION_REFUSED, 0));

        assertThat(state.jobs().find(1).orElseThrow().state()).isEqualTo(JobState.PROCESSING_STOPPED);
        assertThat(ask(new Request.BeginMove(1, new PrinterId("other")))
                        .<Refusal>fold(done -> null, Reply.Refused::why))
                .isEqualTo(Refusal.WRONG_STATE);
        ask(new Request.Cancel(1));
        assertThat(state.stoppedOn()).isNull();
        assertThat(state.next()).isEmpty();
    }

    @Test
    void countsAsManyAttemptsAsAPrinterMayAllow() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 100);
        submit(50, null);
        for (int i = 0; i < 99; i++) {
            start();
            end(failed(i % 3 == 0 ? Cause.INTERRUPTED : Cause.CONNECTION_RESET, 100));
        }
        assertThat(state.stoppedOn()).isNull();
        for (int i = 0; i < 34; i++) {
            start();
            end(failed(Cause.CONNECTION_RESET, 100));
        }

        assertThat(state.stoppedOn()).isEqualTo(1);
    }

    @Test
    void repeatedMoveGoesOnWithTheOneUnderWay() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        ask(new Request.BeginMove(1, new PrinterId("other")));

        var again = ask(new Request.BeginMove(1, new PrinterId("other")));
        var elsewhere = ask(new Request.BeginMove(1, new PrinterId("third")));

        assertThat(again.<Boolean>fold(Reply.Done::fresh, refused -> null)).isFalse();
        assertThat(elsewhere.<Refusal>fold(done -> null, Reply.Refused::why)).isEqualTo(Refusal.WRONG_STATE);
    }

    @Test
    void printerThatIsAwayCostsNoAttempt() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submit(50, null);
        for (int i = 0; i < 5; i++) {
            start();
            end(failed(Cause.CONNECTION_REFUSED, 0));
        }

        assertThat(state.jobs().find(1).orElseThrow().countedAttempts()).isZero();
        assertThat(state.stoppedOn()).isNull();
        assertThat(drainOrder()).containsExactly(1);
    }

    @Test
    void sameKeyIsTheSameJob() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, "k");

        var again = ask(new Request.Submit(ticket(50, "k", "aa"), false));
        var other = ask(new Request.Submit(ticket(50, "k", "bb"), false));

        assertThat(again.<Boolean>fold(Reply.Done::fresh, refused -> null)).isFalse();
        assertThat(other.<Refusal>fold(done -> null, Reply.Refused::why)).isEqualTo(Refusal.KEY_REUSED);
        assertThat(state.jobs().all()).hasSize(1);
    }

    @Test
    void fullQueueRefuses() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        for (int i = 0; i < LIMITS.activeJobs(); i++) {
            submit(50, null);
        }

        var refused = ask(new Request.Submit(ticket(50, null, "aa"), false));

        assertThat(refused.<Refusal>fold(done -> null, Reply.Refused::why)).isEqualTo(Refusal.QUEUE_FULL);
    }

    @Test
    void removedPrinterForgetsItsJobsAndCanComeBack() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        assertThat(ask(new Request.Remove(false)).<Refusal>fold(done -> null, Reply.Refused::why))
                .isEqualTo(Refusal.JOBS_LEFT);
        ask(new Request.Remove(true));
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);

        assertThat(state.jobs().all()).isEmpty();
        submit(50, null);
        assertThat(drainOrder()).containsExactly(2);
    }

    @Test
    void heldJobIsHeldAgainWhenItsMoveFails() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        ask(new Request.Hold(1));
        ask(new Request.BeginMove(1, new PrinterId("other")));
        ask(new Request.AbortMove(1));

        var job = state.jobs().find(1).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.PENDING_HELD);
        assertThat(job.reasons()).containsExactly(JobReason.JOB_HOLD_UNTIL_SPECIFIED);
    }

    @Test
    void documentThatFailedAtAnotherPrinterIsAtFaultHereToo() {
        failedElsewhere.add("aa");
        configure(DeliveryPromise.AT_LEAST_ONCE, 1);
        submit(50, null);
        start();
        end(failed(Cause.CONNECTION_RESET, 10));

        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isTrue();
        assertThat(state.stoppedOn()).isNull();
    }
}
