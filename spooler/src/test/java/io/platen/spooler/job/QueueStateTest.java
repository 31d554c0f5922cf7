package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.ConnectionPolicy;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Rung;
import io.platen.printer.language.PrinterLanguage;
import io.platen.spooler.job.PrinterProfile.Backoff;
import io.platen.spooler.job.PrinterProfile.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The state machine, alone: single rules, and thousands of generated steps. */
final class QueueStateTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final QueueLimits LIMITS = new QueueLimits(50, 20);

    private QueueState state = QueueState.empty(LIMITS.finishedJobsKept());
    private final List<PrinterEvent> stored = new ArrayList<>();
    private final Set<String> failedElsewhere = new HashSet<>();
    private int seconds;

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

    /** Each of its deliveries was taken back: none shows the printer well, and the job is not to blame. */
    @Test
    void printerThatResetsSoonAfterEveryJudgementIsUnwell() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
        for (int attempt = 1; attempt <= 3; attempt++) {
            start();
            end(delivered());
            reopen(1, attempt);
        }

        var job = state.jobs().find(1).orElseThrow();
        assertThat(job.isQuarantined()).isFalse();
        assertThat(job.state()).isEqualTo(JobState.PROCESSING_STOPPED);
        assertThat(job.attempts()).extracting(JobAttempt::verdict).last().isEqualTo(Verdict.UNWELL);
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

    /** Any sequence: the counts are right, replay gives the same state, and so does a snapshot. */
    @RepeatedTest(20)
    void replayedStateEqualsLiveState(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition() * 7919L;
        var random = new Random(seed);
        configure(random.nextBoolean() ? DeliveryPromise.AT_LEAST_ONCE : DeliveryPromise.AT_MOST_ONCE, 2);
        for (int step = 0; step < 1000; step++) {
            step(random);
            checkInvariants("seed " + seed + ", step " + step);
        }

        QueueState replayed = QueueState.empty(LIMITS.finishedJobsKept());
        for (PrinterEvent event : stored) {
            replayed = replayed.after(event);
        }
        assertThat(QueueSnapshot.of(replayed)).as("seed " + seed).isEqualTo(QueueSnapshot.of(state));
        var restored = QueueSnapshot.of(state).restore(LIMITS.finishedJobsKept());
        assertThat(QueueSnapshot.of(restored)).as("seed " + seed).isEqualTo(QueueSnapshot.of(state));
        assertThat(restored.next()).isEqualTo(state.next());
        assertThat(restored.jobs().counts()).isEqualTo(state.jobs().counts());
    }

    private void step(Random random) {
        int job = 1 + random.nextInt(Math.max(1, state.lastJob()));
        switch (random.nextInt(16)) {
            case 15 -> ask(new Request.ExpireHistory(now().minusSeconds(random.nextInt(30))));
            case 0, 1, 2 ->
                ask(new Request.Submit(
                        ticket(1 + random.nextInt(100), random.nextInt(4) == 0 ? "k" + random.nextInt(9) : null, "aa"),
                        random.nextInt(5) == 0));
            case 3 -> ask(new Request.Cancel(job));
            case 4 -> ask(new Request.Hold(job));
            case 5 -> ask(new Request.Release(job));
            case 6 -> ask(random.nextBoolean() ? new Request.Pause() : new Request.Resume());
            case 7 -> ask(new Request.Discard(job, "why"));
            case 8 -> ask(new Request.BeginMove(job, new PrinterId("other")));
            case 9 ->
                ask(
                        random.nextBoolean()
                                ? new Request.AbortMove(job)
                                : new Request.EndMove(job, new JobRef(new PrinterId("other"), 1)));
            case 10 -> store(LineReport.shownHealthy(state, now()));
            case 11 ->
                store(LineReport.reopened(
                        state,
                        new AttemptId(job, 1),
                        failed(Cause.RESET_AFTER_SEND, 10),
                        failedElsewhere::contains,
                        now()));
            default -> lineStep(random);
        }
    }

    private void lineStep(Random random) {
        if (state.underWay() == null) {
            LineReport.start(state, now()).ifPresent(started -> store(List.of(started)));
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> store(LineReport.interrupted(state, now()));
            case 1 -> end(failed(Cause.CONNECTION_REFUSED, 0));
            case 2 -> end(failed(Cause.CONNECTION_RESET, 10));
            case 3 -> end(failed(Cause.PRINTER_REJECTED, 10));
            case 4 -> end(new DeliveryResult.Canceled(ByteCounts.none(10)));
            default -> end(delivered());
        }
    }

    private void checkInvariants(String where) {
        var counts = state.jobs().counts();
        var byState =
                state.jobs().all().stream().collect(Collectors.groupingBy(PrintJob::state, Collectors.counting()));
        assertThat(counts.pending())
                .as(where)
                .isEqualTo(byState.getOrDefault(JobState.PENDING, 0L).intValue());
        assertThat(counts.held())
                .as(where)
                .isEqualTo(byState.getOrDefault(JobState.PENDING_HELD, 0L).intValue());
        assertThat(counts.processing()).as(where).isEqualTo((int) (byState.getOrDefault(JobState.PROCESSING, 0L)
                + byState.getOrDefault(JobState.PROCESSING_STOPPED, 0L)));
        assertThat(counts.failed()).as(where).isEqualTo((int)
                state.jobs().all().stream().filter(PrintJob::isQuarantined).count());
        assertThat(state.events()).as(where).isEqualTo(stored.size());
        assertThat(jobsIn(JobState.PROCESSING))
                .as(where)
                .isSubsetOf(
                        state.underWay() == null
                                ? List.of()
                                : List.of(state.underWay().job()));
        assertThat(jobsIn(JobState.PROCESSING_STOPPED))
                .as(where)
                .isSubsetOf(state.stoppedOn() == null ? List.of() : List.of(state.stoppedOn()));
    }

    private List<Integer> jobsIn(JobState wanted) {
        return state.jobs().all().stream()
                .filter(job -> job.state() == wanted)
                .map(PrintJob::number)
                .toList();
    }

    private List<Integer> drainOrder() {
        var order = new ArrayList<Integer>();
        while (state.next().isPresent()) {
            order.add(start());
            end(delivered());
        }
        return order;
    }

    private int start() {
        var started = LineReport.start(state, now()).orElseThrow();
        store(List.of(started));
        return started.job();
    }

    private void end(DeliveryResult result) {
        AttemptId attempt = state.underWay();
        assertThat(attempt).isNotNull();
        store(LineReport.ended(state, attempt, result, failedElsewhere::contains, now()));
    }

    private void reopen(int job) {
        reopen(job, 1);
    }

    private void reopen(int job, int attempt) {
        store(LineReport.reopened(
                state,
                new AttemptId(job, attempt),
                failed(Cause.RESET_AFTER_SEND, 10),
                failedElsewhere::contains,
                now()));
    }

    private Reply ask(Request request) {
        Decision decision = request.decideAnywhere(state, now(), LIMITS);
        store(decision.events());
        return decision.reply().apply(state);
    }

    private void store(List<? extends PrinterEvent> events) {
        for (PrinterEvent event : events) {
            stored.add(event);
            state = state.after(event);
        }
    }

    private void submit(int priority, @Nullable String key) {
        ask(new Request.Submit(ticket(priority, key, "aa"), false));
    }

    private void configure(DeliveryPromise promise, int attempts) {
        ask(new Request.Configure(new PrinterProfile(
                "socket://127.0.0.1:9100",
                PrinterLanguage.ZPL,
                null,
                null,
                List.of(),
                promise,
                Rung.ACKNOWLEDGED,
                ConnectionPolicy.PER_JOB,
                attempts,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(10), null, null),
                null,
                null,
                null)));
    }

    private static JobTicket ticket(int priority, @Nullable String key, String sha256) {
        return new JobTicket(null, new StoredDocument("id", 10, sha256), null, 1, priority, key, null);
    }

    private Instant now() {
        return NOON.plusSeconds(++seconds);
    }

    private static DeliveryResult delivered() {
        return new DeliveryResult.Delivered(Rung.CLOSED, new ByteCounts(10, 10L, 10), null, null, List.of());
    }

    private static DeliveryResult.Failed failed(Cause cause, long written) {
        return new DeliveryResult.Failed(
                null,
                new DeliveryFailure(
                        cause,
                        EndedBy.PRINTER,
                        Confidence.LIKELY,
                        null,
                        "why",
                        new ByteCounts(written, 0L, 10),
                        null,
                        null,
                        NOON,
                        List.of()));
    }
}
