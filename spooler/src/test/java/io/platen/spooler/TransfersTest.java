package io.platen.spooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueFixture;
import io.platen.spooler.job.QueueLimits;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Refusal;
import io.platen.spooler.job.Reply;
import io.platen.spooler.job.Request;
import io.platen.spooler.job.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two queues, without their actors: what is asked of them is decided and applied at once. */
final class TransfersTest {
    private static final QueueLimits LIMITS = new QueueLimits(50, 20);
    private static final PrinterId FROM = new PrinterId("from");
    private static final PrinterId TO = new PrinterId("to");

    private final Map<PrinterId, QueueState> queues = new HashMap<>();
    private final List<Class<?>> asked = new ArrayList<>();
    private @Nullable Class<?> diesBefore;
    private final Transfers transfers = new Transfers(this::ask, Runnable::run);

    @BeforeEach
    void twoPrinters() {
        queues.put(FROM, QueueFixture.after(QueueFixture.configured(), QueueFixture.submitted(1)));
        queues.put(TO, QueueFixture.after(QueueFixture.configured()));
    }

    @Test
    void movedJobIsMarkedFirstAndTakenAwayLast() {
        PrintJob moved = done(transfers.move(new JobRef(FROM, 1), TO));

        assertThat(asked).containsExactly(Request.BeginMove.class, Request.Submit.class, Request.EndMove.class);
        assertThat(moved.ticket().retryOf()).isEqualTo(new JobRef(FROM, 1));
        assertThat(states(FROM)).containsExactly("canceled");
        assertThat(states(TO)).containsExactly("pending");
    }

    @Test
    void moveThatIsRefusedIsTakenBack() {
        queues.put(TO, QueueFixture.after());

        assertThat(refusal(transfers.move(new JobRef(FROM, 1), TO))).isEqualTo(Refusal.NO_SUCH_PRINTER);
        assertThat(states(FROM)).containsExactly("pending");
    }

    /** Whether it was stored is not known: the move stays begun, and is finished later. */
    @Test
    void moveThatACrashBreaksOffIsFinishedOnce() {
        diesBefore = Request.EndMove.class;
        transfers.move(new JobRef(FROM, 1), TO);
        assertThat(states(FROM)).containsExactly("pending-held");
        assertThat(states(TO)).containsExactly("pending");

        diesBefore = null;
        var board = new StatusBoard();
        queues.forEach((id, state) -> board.publishQueue(id, state, List.of()));
        transfers.finishMoves(board);

        assertThat(states(FROM)).containsExactly("canceled");
        assertThat(states(TO)).as("not twice").containsExactly("pending");
    }

    @Test
    void failureIsResubmittedOncePerPrinterAlsoAfterACrash() {
        queues.compute(
                FROM,
                (id, state) -> state.after(QueueFixture.started(1)).after(QueueFixture.failed(1, Verdict.POISONED)));
        PrintJob failed = queue(FROM).jobs().find(1).orElseThrow();
        diesBefore = Request.MarkResubmitted.class;
        transfers.resubmit(new JobRef(FROM, 1), failed, TO);
        assertThat(queue(FROM).jobs().quarantined()).hasSize(1);

        diesBefore = null;
        done(transfers.resubmit(new JobRef(FROM, 1), failed, TO));

        assertThat(queue(FROM).jobs().quarantined()).isEmpty();
        assertThat(states(TO)).containsExactly("pending");
    }

    @Test
    void submittedAgainIsANewJobOfTheSameContent() {
        PrintJob job = queue(FROM).jobs().find(1).orElseThrow();

        PrintJob again = done(transfers.submitAgain(new JobRef(FROM, 1), job, FROM, null, null));

        assertThat(again.number()).isEqualTo(2);
        assertThat(again.ticket().document()).isEqualTo(job.ticket().document());
    }

    private CompletionStage<Reply> ask(PrinterId printer, Request request) {
        if (request.getClass().equals(diesBefore)) {
            return CompletableFuture.completedFuture(new Reply.Refused(Refusal.UNAVAILABLE, "It has died"));
        }
        asked.add(request.getClass());
        var decision = request.decideAnywhere(queue(printer), QueueFixture.NOON, LIMITS, null);
        decision.events().forEach(event -> queues.compute(printer, (id, state) -> state.after(event)));
        return CompletableFuture.completedFuture(decision.reply().apply(queue(printer)));
    }

    private QueueState queue(PrinterId printer) {
        return Objects.requireNonNull(queues.get(printer));
    }

    private List<String> states(PrinterId printer) {
        return queue(printer).jobs().all().stream()
                .map(job -> job.state().keyword())
                .toList();
    }

    private static PrintJob done(CompletionStage<Reply> reply) {
        return reply.toCompletableFuture().join().fold(Reply.Done::job, refused -> {
            throw new AssertionError(refused.detail());
        });
    }

    private static Refusal refusal(CompletionStage<Reply> reply) {
        return reply.toCompletableFuture().join().fold(done -> null, Reply.Refused::why);
    }
}
