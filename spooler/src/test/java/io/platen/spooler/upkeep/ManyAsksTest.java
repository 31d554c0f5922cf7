package io.platen.spooler.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ManyAsksTest {
    private static final Reply DONE = new Reply.Done(null, true);
    private static final Reply REFUSED = new Reply.Refused(Refusal.QUEUE_FULL, "busy");

    @Test
    void asksAFewAtATimeAndCountsWhatWasRefused() {
        var pending = new ArrayList<CompletableFuture<Reply>>();
        CompletionStage<ManyAsks.Outcome> all = ManyAsks.each(
                IntStream.range(0, 1000).boxed().toList(),
                one -> {
                    var reply = new CompletableFuture<Reply>();
                    pending.add(reply);
                    return reply;
                },
                (one, reply) -> {},
                Runnable::run);

        for (int answered = 0; answered < 1000; answered++) {
            assertThat(pending.size() - answered).isBetween(1, ManyAsks.AT_ONCE);
            pending.get(answered).complete(answered % 10 == 0 ? REFUSED : DONE);
        }
        assertThat(all.toCompletableFuture().join()).isEqualTo(new ManyAsks.Outcome(900, 100));
    }

    @Test
    void nothingToAskIsDoneAtOnce() {
        var none = ManyAsks.each(
                List.<Integer>of(), one -> CompletableFuture.completedFuture(DONE), (one, reply) -> {}, Runnable::run);

        assertThat(none.toCompletableFuture()).isCompletedWithValue(new ManyAsks.Outcome(0, 0));
    }

    /** Answers that are there at once must not pile up on the stack. */
    @Test
    void manyQuickAnswersNeedNoDeepStack() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            var many = ManyAsks.each(
                    IntStream.range(0, 200_000).boxed().toList(),
                    one -> CompletableFuture.completedFuture(DONE),
                    (one, reply) -> {},
                    threads);

            assertThat(many.toCompletableFuture().get().done()).isEqualTo(200_000);
        } finally {
            threads.shutdownNow();
        }
    }
}
