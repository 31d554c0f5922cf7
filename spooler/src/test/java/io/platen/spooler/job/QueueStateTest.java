package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.language.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    void stopsOnAJobOfWhichNothingArrivedAndSendsItAgainOnEvidence() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submit(50, null);
        submit(99, null);
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(start()).isEqualTo(2);
            end(failed(Cause.CONNECTION_RESET, 100));
        }

        assertThat(state.stoppedOn()).isEqualTo(2);
        assertThat(state.printerState()).isEqualTo(QueueState.PrinterState.STOPPED);
        assertThat(state.next()).as("nothing is sent without evidence").isEmpty();
        store(LineReport.reached(state, false, now()));
        assertThat(state.stoppedOn()).isNull();
        assertThat(drainOrder()).containsExactly(2, 1);
    }

    /** The status query lies between its failures: the printer is well, and the document is not. */
    @Test
    void condemnsADocumentThatFailsAgainAfterItsPrinterHasSaidThatItIsWell() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submitLabels();
        submit(50, null);
        breakOff(1, 2);
        store(LineReport.reached(state, true, now()));
        breakOff(1, 1);

        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isTrue();
        assertThat(drainOrder()).containsExactly(2);
    }

    /** Labels without serial numbers are the same bytes for years: what was printed once is not what breaks a printer. */
    @Test
    void bytesThatThePrinterHasTakenBeforeAreNotToBlame() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submitLabels();
        submitLabels();
        start();
        end(delivered());
        breakOff(2, 2);
        store(LineReport.reached(state, true, now()));
        breakOff(2, 1);

        assertThat(state.jobs().find(2).orElseThrow().isQuarantined()).isFalse();
        store(LineReport.reached(state, true, now()));
        assertThat(drainOrder()).containsExactly(2);
    }

    @Test
    void bytesThatAnotherPrinterHasTakenAreNotToBlame() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submitLabels();
        var asked = new ArrayList<StoredDocument>();
        printedElsewhere = asked::add;
        breakOff(1, 2);
        store(LineReport.reached(state, true, now()));
        breakOff(1, 1);

        JobTicket ticket = state.jobs().find(1).orElseThrow().ticket();
        assertThat(asked).containsExactly(ticket.document());
        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isFalse();
    }

    /** It is asked before the attempt that may condemn a job, so that the answer lies in between. */
    @Test
    void printerIsAskedBeforeTheLastAttemptOfAJobThatItBreaksOff() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submitLabels();
        breakOff(1, 1);
        assertThat(state.suspect()).isEmpty();
        breakOff(1, 1);
        assertThat(state.suspect()).isPresent();
        store(LineReport.reached(state, true, now()));
        assertThat(state.suspect()).as("asked and answered").isEmpty();
        breakOff(1, 1);

        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isTrue();
    }

    @Test
    void printerIsNotAskedForAJobThatMayBePrinted() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        for (int i = 0; i < 2; i++) {
            start();
            end(acknowledged(Cause.RESET_AFTER_SEND, 10));
        }
        assertThat(state.suspect()).isEmpty();
    }

    /** Where the printer does not say how it is, another job must show it, and only when all else has failed. */
    @Test
    void jobBehindTheStoppedOneGoesFirstOnlyWhenAConnectionThatHoldsHasShownNothing() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 2);
        submitLabels();
        submit(50, null);
        submit(50, null);
        breakOff(1, 2);
        store(LineReport.reached(state, false, now()));
        breakOff(1, 1);

        assertThat(state.stoppedOn()).isEqualTo(1);
        assertThat(LineReport.reached(state, false, now())).isEmpty();
        assertThat(start()).isEqualTo(2);
        end(delivered());
        assertThat(state.stoppedOn()).isEqualTo(1);
        store(LineReport.reached(state, false, now()));
        breakOff(1, 1);
        assertThat(state.jobs().find(1).orElseThrow().isQuarantined()).isTrue();
        assertThat(drainOrder()).containsExactly(3);
    }

    /** An hour of trouble needs nobody afterwards. */
    @Test
    void jobOfWhichNothingArrivesIsTriedForAsLongAsItTakes() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        for (int attempt = 1; attempt <= 300; attempt++) {
            if (state.stoppedOn() != null) {
                store(LineReport.reached(state, false, now()));
            }
            fail(1, 1);
        }

        assertThat(state.jobs().find(1).orElseThrow().copiesSent()).isZero();
        store(LineReport.reached(state, false, now()));
        assertThat(drainOrder()).containsExactly(1);
    }

    @Test
    void noMoreCopiesThanAttemptsAreSentUnasked() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        for (int job = 1; job <= 4; job++) {
            submit(50, null);
        }
        fail(1, 3);
        for (int copy = 1; copy <= 3; copy++) {
            store(LineReport.reached(state, true, now()));
            assertThat(start()).isEqualTo(1);
            end(acknowledged(Cause.RESET_AFTER_SEND, 10));
            assertThat(state.jobs().find(1).orElseThrow().copiesSent()).isEqualTo(copy);
            if (copy < 3) {
                assertThat(start())
                        .as("the job behind shows whether the printer is well")
                        .isEqualTo(copy + 1);
                end(delivered());
            }
        }

        var job = state.jobs().find(1).orElseThrow();
        assertThat(job.copiesSent()).isEqualTo(3);
        assertThat(job.reasons()).containsExactly(JobReason.DELIVERY_IN_DOUBT);
        assertThat(drainOrder()).containsExactly(4);
        ask(new Request.Release(1));
        assertThat(drainOrder()).as("the operator may send it again").containsExactly(1);
    }

    /** A job whose one label ends with its last byte. */
    private void submitLabels() {
        submit(new Labels(1, 10, false, 0));
    }

    /** The printer broke the job off before its only label's end. */
    private void breakOff(int job, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(start()).isEqualTo(job);
            end(acknowledged(Cause.CONNECTION_RESET, 5));
        }
    }

    private void fail(int job, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(start()).isEqualTo(job);
            end(failed(Cause.CONNECTION_RESET, 100));
            if (state.stoppedOn() != null && i + 1 < times) {
                store(LineReport.reached(state, false, now()));
            }
        }
    }

    @Test
    void stoppedJobCanBeCanceledAndNotMoved() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 1);
        submit(50, null);
        fail(1, 1);

        assertThat(state.jobs().find(1).orElseThrow().state()).isEqualTo(JobState.PROCESSING_STOPPED);
        assertThat(ask(new Request.BeginMove(1, new PrinterId("other")))
                        .<Refusal>fold(done -> null, Reply.Refused::why))
                .isEqualTo(Refusal.WRONG_STATE);
        ask(new Request.Cancel(1));
        assertThat(state.stoppedOn()).isNull();
        assertThat(state.next()).isEmpty();
    }

    @Test
    void stoppedJobWhosePrinterGoesAwayWaitsAsAnyOther() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 1);
        submit(50, null);
        fail(1, 1);
        store(LineReport.reached(state, false, now()));
        assertThat(start()).isEqualTo(1);
        end(failed(Cause.CONNECTION_REFUSED, 0));

        assertThat(state.stoppedOn()).isNull();
        assertThat(drainOrder()).containsExactly(1);
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
}
