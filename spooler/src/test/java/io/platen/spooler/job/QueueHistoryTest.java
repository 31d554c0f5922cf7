package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.spooler.snapshot.QueueSnapshot;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The state machine, alone: thousands of generated steps. */
final class QueueHistoryTest extends WithQueue {
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
        assertThat(QueueSnapshot.of(replayed).agreesWith(QueueSnapshot.of(state)))
                .as("seed " + seed)
                .isTrue();
        var restored = QueueSnapshot.of(state).restore(LIMITS.finishedJobsKept());
        assertThat(QueueSnapshot.of(restored).agreesWith(QueueSnapshot.of(state)))
                .as("seed " + seed)
                .isTrue();
        assertThat(restored.next()).isEqualTo(state.next());
        assertThat(restored.jobs().counts()).isEqualTo(state.jobs().counts());
    }

    private void step(Random random) {
        int job = 1 + random.nextInt(Math.max(1, state.lastJob()));
        switch (random.nextInt(16)) {
            case 15 -> ask(new Request.ExpireHistory(now().minusSeconds(random.nextInt(30))));
            case 0, 1, 2 -> ask(new Request.Submit(ticket(random), random.nextInt(5) == 0));
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
            case 10 -> store(LineReport.reached(state, random.nextBoolean(), now()));
            case 11 ->
                store(LineReport.reopened(
                        state,
                        new AttemptId(job, 1),
                        acknowledged(Cause.RESET_AFTER_SEND, 10),
                        printedElsewhere,
                        now()));
            default -> lineStep(random);
        }
    }

    private static JobTicket ticket(Random random) {
        String key = random.nextInt(4) == 0 ? "k" + random.nextInt(9) : null;
        String traceparent = random.nextInt(4) == 0 ? "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01" : null;
        var document = new StoredDocument("id", 10, "aa");
        int priority = 1 + random.nextInt(100);
        return new JobTicket(null, document, null, 1, priority, key, null, null, traceparent, null, null);
    }

    private void lineStep(Random random) {
        if (state.underWay() == null) {
            LineReport.start(state, now()).ifPresent(started -> store(List.of(started)));
            return;
        }
        switch (random.nextInt(9)) {
            case 6 -> end(acknowledged(Cause.RESET_AFTER_SEND, 10));
            case 7 -> end(acknowledged(Cause.NOT_CONFIRMED, 10));
            case 8 -> end(acknowledged(Cause.CONNECTION_RESET, 5));
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
        assertThat(state.jobs().current())
                .as(where)
                .containsExactlyElementsOf(
                        state.jobs().all().stream().filter(job -> !job.isOver()).toList());
        assertThat(state.jobs().watched())
                .as(where)
                .containsExactlyElementsOf(
                        state.jobs().all().stream().filter(PrintJob::isWatched).toList());
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
}
