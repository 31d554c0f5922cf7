package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.printer.AttemptId;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryResult;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the line says becomes events, once: late news and news of other attempts is no news. */
final class LineReportTest extends WithQueue {

    @BeforeEach
    void configurePrinter() {
        configure(DeliveryPromise.AT_LEAST_ONCE, 3);
        submit(50, null);
    }

    @Test
    void newsOfAnotherAttemptIsNoNews() {
        start();

        assertThat(ended(new AttemptId(1, 2), delivered())).isEmpty();
        assertThat(ended(new AttemptId(2, 1), delivered())).isEmpty();
        assertThat(ended(new AttemptId(1, 1), delivered())).hasSize(1);
    }

    @Test
    void attemptEndsOnce() {
        start();
        var attempt = Objects.requireNonNull(state.underWay());
        end(delivered());

        assertThat(ended(attempt, failed(Cause.CONNECTION_RESET, 5))).isEmpty();
    }

    @Test
    void attemptOfAPrinterThatIsGoneIsNoNews() {
        start();
        var attempt = Objects.requireNonNull(state.underWay());
        ask(new Request.Remove(true));

        assertThat(ended(attempt, delivered())).isEmpty();
    }

    @Test
    void canceledAttemptIsCanceled() {
        start();

        assertThat(ended(new AttemptId(1, 1), new DeliveryResult.Canceled(new ByteCounts(10, 4L, 10))))
                .singleElement()
                .isInstanceOf(PrinterEvent.AttemptCanceled.class);
    }

    /** After a kill nobody knows how far the attempt came: it counts as a copy, and condemns nothing. */
    @Test
    void attemptUnderWayAtAKillIsUnknownToItsEnd() {
        assertThat(LineReport.interrupted(state, now())).isEmpty();
        start();

        assertThat(LineReport.interrupted(state, now()))
                .singleElement()
                .isInstanceOfSatisfying(AttemptFailed.class, failed -> {
                    assertThat(failed.failure().cause()).isEqualTo(Cause.INTERRUPTED);
                    assertThat(failed.failure().bytes()).isEqualTo(new ByteCounts(0, null, 10));
                    assertThat(failed.verdict()).isEqualTo(Verdict.PASSING);
                });
    }

    @Test
    void stoppedQueueStartsAgainOnEvidenceAndSaysWhich() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            start();
            end(failed(Cause.CONNECTION_RESET, 5));
        }
        assertThat(state.stoppedOn()).isEqualTo(1);

        assertThat(LineReport.reached(state, true, now()))
                .singleElement()
                .isInstanceOfSatisfying(
                        QueueRestarted.class,
                        restarted -> assertThat(restarted.why()).isEqualTo(QueueRestarted.Why.STATUS));
        assertThat(LineReport.reached(state, false, now()))
                .singleElement()
                .isInstanceOfSatisfying(
                        QueueRestarted.class,
                        restarted -> assertThat(restarted.why()).isEqualTo(QueueRestarted.Why.CONNECTION));
    }

    @Test
    void connectionOfAQueueThatGoesOnIsNoNews() {
        assertThat(LineReport.reached(state, false, now())).isEmpty();
        assertThat(LineReport.reached(state, true, now())).isEmpty();
    }

    @Test
    void nothingStartsWhileAnAttemptIsUnderWayOrThePrinterIsPaused() {
        ask(new Request.Pause());
        assertThat(LineReport.start(state, now())).isEmpty();
        ask(new Request.Resume());
        start();
        assertThat(LineReport.start(state, now())).isEmpty();
    }

    private List<PrinterEvent> ended(AttemptId attempt, DeliveryResult result) {
        return LineReport.ended(state, attempt, result, bytes -> false, now());
    }
}
