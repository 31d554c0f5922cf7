package io.platen.spooler.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Rung;
import io.platen.spooler.job.JobAttempt.Outcome;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.AttemptStarted;
import io.platen.spooler.job.PrinterEvent.JobReleased;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.WhatIf.Tally;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class WhatIfTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ByteCounts ALL = new ByteCounts(100, 100L, 100);

    /** One job that was reset halfway and printed at the second try, one that was printed at once. */
    private static final List<PrinterEvent> RECORDED = List.of(
            new PrinterConfigured(WithQueue.profile(DeliveryPromise.AT_LEAST_ONCE, 3), NOON, null),
            submitted(1),
            submitted(2),
            new AttemptStarted(1, 1, NOON),
            failed(1, 1, 50, Verdict.PASSING),
            new AttemptStarted(1, 2, NOON),
            delivered(1, 2),
            new AttemptStarted(2, 1, NOON),
            delivered(2, 1));

    private static Tally tally(List<PrinterEvent> events, UnaryOperator<PrinterProfile> settings) {
        var whatIf = WhatIf.from(QueueState.empty(100), settings);
        events.forEach(whatIf::next);
        return whatIf.tally();
    }

    @Test
    void theSameSettingsDoTheSame() {
        assertThat(tally(RECORDED, UnaryOperator.identity())).isEqualTo(new Tally(2, 1, 0, 0, 0, 0));
    }

    @Test
    void atMostOnceWouldHaveHeldWhatWasSentTwice() {
        assertThat(tally(RECORDED, any -> WithQueue.profile(DeliveryPromise.AT_MOST_ONCE, 3)))
                .isEqualTo(new Tally(2, 0, 1, 0, 0, 1));
    }

    @Test
    void moreAttemptsWouldHaveSentAgainWhatWasHeld() {
        List<PrinterEvent> recorded = List.of(
                new PrinterConfigured(WithQueue.profile(DeliveryPromise.AT_MOST_ONCE, 3), NOON, null),
                submitted(1),
                new AttemptStarted(1, 1, NOON),
                failed(1, 1, 50, Verdict.IN_DOUBT),
                new JobReleased(1, NOON, null),
                new AttemptStarted(1, 2, NOON),
                delivered(1, 2));

        assertThat(tally(recorded, UnaryOperator.identity())).isEqualTo(new Tally(1, 0, 1, 0, 0, 0));
        assertThat(tally(recorded, any -> WithQueue.profile(DeliveryPromise.AT_LEAST_ONCE, 3)))
                .isEqualTo(new Tally(1, 1, 0, 0, 0, 0));
    }

    @Test
    void whatLeftNoByteIsNotRepeated() {
        List<PrinterEvent> recorded = List.of(
                new PrinterConfigured(WithQueue.profile(DeliveryPromise.AT_LEAST_ONCE, 3), NOON, null),
                submitted(1),
                new AttemptStarted(1, 1, NOON),
                failed(1, 1, 0, Verdict.PASSING),
                new AttemptStarted(1, 2, NOON),
                delivered(1, 2));

        assertThat(tally(recorded, any -> WithQueue.profile(DeliveryPromise.AT_MOST_ONCE, 3)))
                .isEqualTo(new Tally(1, 0, 0, 0, 0, 0));
    }

    private static JobSubmitted submitted(int job) {
        var document = new StoredDocument("id-" + job, 100, "aa");
        return new JobSubmitted(job, TicketFixture.of(document), false, NOON, null);
    }

    private static AttemptDelivered delivered(int job, int attempt) {
        return new AttemptDelivered(job, attempt, Rung.ACKNOWLEDGED, ALL, null, null, NOON);
    }

    private static AttemptFailed failed(int job, int attempt, long sent, Verdict verdict) {
        var failure = new DeliveryFailure(
                Cause.CONNECTION_RESET,
                EndedBy.PRINTER,
                Confidence.CERTAIN,
                null,
                "reset",
                new ByteCounts(sent, sent, 100),
                null,
                null,
                NOON,
                List.of(),
                null,
                null);
        return new AttemptFailed(job, attempt, null, failure, Outcome.FAILED, verdict, NOON);
    }
}
