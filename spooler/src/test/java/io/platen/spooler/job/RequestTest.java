package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.diagnosis.Cause;
import io.platen.spooler.job.Request.Configure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and that what is asked twice is done once. */
final class RequestTest extends WithQueue {
    private static final JobRef ELSEWHERE = new JobRef(new PrinterId("other"), 9);

    @BeforeEach
    void configurePrinter() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
    }

    static List<Request> onAJob() {
        return List.of(
                new Request.Cancel(1),
                new Request.Hold(1),
                new Request.Release(1),
                new Request.BeginMove(1, ELSEWHERE.printer()),
                new Request.AbortMove(1),
                new Request.EndMove(1, ELSEWHERE));
    }

    static List<Request> onAFailure() {
        return List.of(new Request.MarkResubmitted(1, ELSEWHERE), new Request.Discard(1, null));
    }

    @ParameterizedTest
    @MethodSource("onAJob")
    void jobThatIsNotThereIsToldApartFromOneInTheWrongState(Request request) {
        assertThat(refusal(request)).isEqualTo(Refusal.NO_SUCH_JOB);

        submit(50, null);
        start();
        end(delivered());
        assertThat(refusal(request)).isEqualTo(Refusal.WRONG_STATE);
    }

    @ParameterizedTest
    @MethodSource("onAFailure")
    void onlyFailuresAreResubmittedOrDiscardedAndOnlyOnce(Request request) {
        assertThat(refusal(request)).isEqualTo(Refusal.NO_SUCH_FAILURE);
        submit(50, null);
        assertThat(refusal(request)).isEqualTo(Refusal.NO_SUCH_FAILURE);
        start();
        end(failed(Cause.DOCUMENT_UNREADABLE, 0));

        assertThat(refusal(request)).isNull();
        assertThat(refusal(request)).isEqualTo(Refusal.NO_SUCH_FAILURE);
    }

    @ParameterizedTest
    @MethodSource({"onAJob", "onAFailure"})
    void nothingCanBeAskedOfAPrinterThatIsGone(Request request) {
        ask(new Request.Remove(true));

        assertThat(refusal(request)).isEqualTo(Refusal.NO_SUCH_PRINTER);
    }

    @Test
    void printerWithJobsIsRemovedOnlyByForce() {
        submit(50, null);

        assertThat(refusal(new Request.Remove(false))).isEqualTo(Refusal.JOBS_LEFT);
        assertThat(refusal(new Request.Remove(true))).isNull();
        assertThat(state.profile()).isNull();
    }

    @Test
    void failedJobsKeepAPrinterToo() {
        submit(50, null);
        start();
        end(failed(Cause.DOCUMENT_UNREADABLE, 0));

        assertThat(refusal(new Request.Remove(false))).isEqualTo(Refusal.JOBS_LEFT);
        ask(new Request.Discard(1, "gone"));
        assertThat(refusal(new Request.Remove(false))).isNull();
    }

    @Test
    void whatIsSoAlreadyStoresNothing() {
        ask(new Request.Pause());
        int before = stored.size();

        ask(new Request.Pause());
        ask(new Configure(profile(DeliveryPromise.AT_LEAST_ONCE, 3)));
        assertThat(stored).hasSize(before);

        ask(new Request.Resume());
        ask(new Request.Resume());
        assertThat(stored).hasSize(before + 1);
    }

    @Test
    void profileIsChangedOnlyWhileItIsTheOneThatWasSeen() {
        PrinterProfile seen = profile(DeliveryPromise.AT_LEAST_ONCE, 3);
        PrinterProfile mine = profile(DeliveryPromise.AT_LEAST_ONCE, 4);
        PrinterProfile theirs = profile(DeliveryPromise.AT_LEAST_ONCE, 5);

        assertThat(refusal(new Configure(mine, new Configure.Condition(null)))).isEqualTo(Refusal.CHANGED);
        assertThat(refusal(new Configure(theirs, new Configure.Condition(seen))))
                .isNull();
        assertThat(refusal(new Configure(mine, new Configure.Condition(seen)))).isEqualTo(Refusal.CHANGED);
        assertThat(state.profile()).isEqualTo(theirs);
    }

    @Test
    void keyWithOtherContentIsRefused() {
        submit(50, "key");
        JobTicket other = ticket(50, "key", "bb");

        assertThat(refusal(new Request.Submit(other, false))).isEqualTo(Refusal.KEY_REUSED);
        assertThat(state.lastJob()).isEqualTo(1);
    }

    /** A submission that is repeated to a full queue is not one more job. */
    @Test
    void repeatedSubmissionIsAnsweredByAFullQueueToo() {
        submit(50, "key");
        for (int i = 1; i < LIMITS.activeJobs(); i++) {
            submit(50, null);
        }

        assertThat(refusal(new Request.Submit(ticket(50, null, "aa"), false))).isEqualTo(Refusal.QUEUE_FULL);
        assertThat(refusal(new Request.Submit(ticket(50, "key", "aa"), false))).isNull();
    }

    @Test
    void whoAsksIsInTheEvents() {
        ask(new Request.Pause().by("token:17"));

        assertThat(stored.get(stored.size() - 1))
                .isInstanceOfSatisfying(
                        PrinterEvent.PrinterPaused.class,
                        paused -> assertThat(paused.by()).isEqualTo("token:17"));
    }

    @Test
    void historyOfAPrinterThatIsGoneIsForgottenAfterItsTime() {
        submit(50, null);
        start();
        end(delivered());
        Instant later = now().plusSeconds(3600);

        assertThat(Request.ExpireHistory.isDue(state, Instant.EPOCH)).isFalse();
        assertThat(Request.ExpireHistory.isDue(state, later)).isTrue();
        ask(new Request.ExpireHistory(later));
        assertThat(Request.ExpireHistory.isDue(state, later)).isFalse();
        assertThat(state.jobs().all()).isEmpty();
        ask(new Request.Remove(false));
        assertThat(Request.ExpireHistory.isDue(state, later)).isTrue();
    }

    private @Nullable Refusal refusal(Request request) {
        return ask(request).fold(done -> null, Reply.Refused::why);
    }
}
