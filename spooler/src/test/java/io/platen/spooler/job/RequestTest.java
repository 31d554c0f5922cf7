package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.PrinterEvent.JobCanceled;
import io.platen.spooler.job.PrinterEvent.JobHeld;
import io.platen.spooler.job.PrinterEvent.JobMoveStarted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which request is legal in which state of its job. */
final class RequestTest {
    private static final QueueLimits LIMITS = new QueueLimits(2, 20);
    private static final PrinterId OTHER = new PrinterId("other");
    private static final QueueState WAITING = QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1));
    private static final Map<String, QueueState> STATES = Map.of(
            "waiting", WAITING,
            "held", WAITING.after(new JobHeld(1, QueueFixture.NOON)),
            "sending", WAITING.after(QueueFixture.started(1)),
            "moving", WAITING.after(new JobMoveStarted(1, OTHER, QueueFixture.NOON)),
            "completed", WAITING.after(QueueFixture.started(1)).after(QueueFixture.delivered(1)),
            "canceled", WAITING.after(new JobCanceled(1, QueueFixture.NOON)),
            "failed", WAITING.after(QueueFixture.started(1)).after(QueueFixture.failed(1, Verdict.POISONED)));
    private static final Map<String, Request> REQUESTS = Map.of(
            "cancel", new Request.Cancel(1),
            "hold", new Request.Hold(1),
            "release", new Request.Release(1),
            "begin-move", new Request.BeginMove(1, OTHER),
            "end-move", new Request.EndMove(1, new JobRef(OTHER, 1)),
            "abort-move", new Request.AbortMove(1),
            "discard", new Request.Discard(1, null));

    @ParameterizedTest
    @CsvSource({
        // state,   cancel, hold, release, begin-move, end-move, abort-move, discard
        "waiting,   yes,    yes,  no,      yes,        no,       no,         no",
        "held,      yes,    no,   yes,     yes,        no,       no,         no",
        "sending,   yes,    no,   no,      no,         no,       no,         no",
        "moving,    no,     no,   no,      again,      yes,      yes,        no",
        "completed, no,     no,   no,      no,         no,       no,         no",
        "canceled,  no,     no,   no,      no,         no,       no,         no",
        "failed,    no,     no,   no,      no,         no,       no,         yes"
    })
    void isLegalInTheseStates(
            String state,
            String cancel,
            String hold,
            String release,
            String beginMove,
            String endMove,
            String abortMove,
            String discard) {
        QueueState before = Objects.requireNonNull(STATES.get(state));
        assertThat(List.of(
                        answer("cancel", before),
                        answer("hold", before),
                        answer("release", before),
                        answer("begin-move", before),
                        answer("end-move", before),
                        answer("abort-move", before),
                        answer("discard", before)))
                .containsExactly(cancel, hold, release, beginMove, endMove, abortMove, discard);
    }

    private static String answer(String name, QueueState state) {
        Decision decision = Objects.requireNonNull(REQUESTS.get(name)).decideAnywhere(state, QueueFixture.NOON, LIMITS);
        if (refusal(decision, state) != null) {
            assertThat(decision.events()).isEmpty();
            return "no";
        }
        return decision.events().isEmpty() ? "again" : "yes";
    }

    @Test
    void queueTakesNoMoreUnfinishedJobsThanAllowed() {
        QueueState full = WAITING.after(QueueFixture.submitted(2));
        var submit = new Request.Submit(QueueFixture.submitted(3).ticket(), false);

        assertThat(refusal(submit.decideAnywhere(full, QueueFixture.NOON, LIMITS), full))
                .isEqualTo(Refusal.QUEUE_FULL);
    }

    @Test
    void printerThatIsNotThereIsOnlyConfigured() {
        QueueState none = QueueFixture.after();

        assertThat(refusal(new Request.Pause().decideAnywhere(none, QueueFixture.NOON, LIMITS), none))
                .isEqualTo(Refusal.NO_SUCH_PRINTER);
        assertThat(refusal(
                        new Request.Configure(QueueFixture.profile()).decideAnywhere(none, QueueFixture.NOON, LIMITS),
                        none))
                .isNull();
    }

    @Test
    void eventsSayWhoAsked() {
        Decision decision = new Request.Cancel(1).by("token:0123").decideAnywhere(WAITING, QueueFixture.NOON, LIMITS);

        assertThat(decision.events().get(0)).isEqualTo(new JobCanceled(1, QueueFixture.NOON, "token:0123"));
    }

    @Test
    void whoAsksDoesNotChangeWhatIsAsked() {
        var configure = new Request.Configure(QueueFixture.profile());

        assertThat(configure.by("token:0123").makesAPrinter()).isTrue();
        assertThat(new Request.ExpireHistory(QueueFixture.NOON).by("token:0123").concernsRemovedPrinters())
                .isTrue();
        assertThat(new Request.Pause().by("token:0123").makesAPrinter()).isFalse();
    }

    private static @Nullable Refusal refusal(Decision decision, QueueState state) {
        return decision.reply().apply(state).fold(done -> null, Reply.Refused::why);
    }
}
