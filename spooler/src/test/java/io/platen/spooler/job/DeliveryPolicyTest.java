package io.platen.spooler.job;

import static io.platen.printer.diagnosis.EndedBy.NETWORK;
import static io.platen.printer.diagnosis.EndedBy.PLATEN;
import static io.platen.printer.diagnosis.EndedBy.PRINTER;
import static io.platen.printer.diagnosis.EndedBy.THIS_HOST;
import static io.platen.spooler.job.DeliveryPromise.AT_LEAST_ONCE;
import static io.platen.spooler.job.DeliveryPromise.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.Confidence;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.printer.diagnosis.Phase;
import io.platen.printer.language.Labels;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose fault a failed attempt is: a row for each line of the table of verdicts, and its neighbours. */
final class DeliveryPolicyTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** The printer allows three attempts; a job has a thousand bytes, and its first label ends at 400. */
    private static final ByteCounts NONE_SENT = new ByteCounts(0, 0L, 1000);

    private static final ByteCounts NONE_TAKEN = new ByteCounts(1000, 0L, 1000);
    private static final ByteCounts PART_OF_A_LABEL = new ByteCounts(1000, 399L, 1000);
    private static final ByteCounts ONE_LABEL = new ByteCounts(1000, 400L, 1000);
    private static final ByteCounts ALL = new ByteCounts(1000, 1000L, 1000);
    private static final ByteCounts NOBODY_KNOWS = new ByteCounts(0, null, 1000);
    private static final Labels LABELS = new Labels(2, 400, false, 0);

    private static final DeliveryFailure RESET_EARLY = failure(Cause.CONNECTION_RESET, PRINTER, NONE_TAKEN, null);
    private static final DeliveryFailure BROKEN_OFF = failure(Cause.CONNECTION_RESET, PRINTER, PART_OF_A_LABEL, null);
    private static final DeliveryFailure RESET_AFTER = failure(Cause.RESET_AFTER_SEND, PRINTER, ALL, null);
    private static final DeliveryFailure ABORTED = failure(Cause.CONNECTION_ABORTED, NETWORK, PART_OF_A_LABEL, null);
    private static final DeliveryFailure KILLED = failure(Cause.INTERRUPTED, PLATEN, NOBODY_KNOWS, null);

    private static final LastSeen NOTHING = LastSeen.NOTHING;
    private static final LastSeen OTHER_JOB_DELIVERED = NOTHING.delivered(NOON.plusSeconds(5));
    private static final LastSeen SAID_WELL = NOTHING.saidWell(NOON.plusSeconds(5));
    private static final LastSeen DELIVERED_BEFORE = NOTHING.delivered(NOON.minusSeconds(5));

    static Stream<Arguments> table() {
        return Stream.of(
                // No connection came about.
                row(AT_LEAST_ONCE, List.of(), refused(), NOTHING, Verdict.AWAY),
                row(AT_MOST_ONCE, List.of(RESET_EARLY, RESET_EARLY), refused(), NOTHING, Verdict.AWAY),
                // The printer refused it in words that its language knows, or the document is damaged: at once.
                row(AT_LEAST_ONCE, List.of(), rejected(true), NOTHING, Verdict.POISONED),
                row(AT_MOST_ONCE, List.of(), rejected(true), NOTHING, Verdict.POISONED),
                row(AT_LEAST_ONCE, List.of(), rejected(null), NOTHING, Verdict.POISONED),
                row(AT_LEAST_ONCE, List.of(), unreadable(), NOTHING, Verdict.POISONED),
                // Behind what cancels an unfinished format, that may be what was refused: the document goes alone next.
                row(AT_LEAST_ONCE, List.of(), rejectedBehindAPreamble(), NOTHING, Verdict.PASSING),
                row(AT_LEAST_ONCE, List.of(rejectedBehindAPreamble()), rejected(true), NOTHING, Verdict.POISONED),
                // Words that nobody knows do not condemn it at once.
                row(AT_LEAST_ONCE, List.of(), rejected(false), NOTHING, Verdict.PASSING),
                row(AT_MOST_ONCE, List.of(), rejected(false), NOTHING, Verdict.IN_DOUBT),
                // Never twice.
                row(AT_MOST_ONCE, List.of(), RESET_EARLY, NOTHING, Verdict.IN_DOUBT),
                row(AT_MOST_ONCE, List.of(), RESET_AFTER, NOTHING, Verdict.IN_DOUBT),
                row(AT_MOST_ONCE, List.of(), KILLED, NOTHING, Verdict.IN_DOUBT),
                row(AT_MOST_ONCE, List.of(), reset(NONE_SENT), NOTHING, Verdict.PASSING),
                // It has everything and did not say that it is printed: its labels may still come.
                row(AT_LEAST_ONCE, List.of(), unconfirmed(), NOTHING, Verdict.IN_DOUBT),
                // Copies are counted, whatever came of them.
                row(AT_LEAST_ONCE, List.of(RESET_AFTER), RESET_AFTER, NOTHING, Verdict.PASSING),
                row(AT_LEAST_ONCE, List.of(RESET_AFTER, RESET_AFTER), RESET_AFTER, NOTHING, Verdict.IN_DOUBT),
                row(AT_LEAST_ONCE, List.of(RESET_AFTER, RESET_AFTER), RESET_AFTER, SAID_WELL, Verdict.IN_DOUBT),
                row(AT_LEAST_ONCE, List.of(RESET_AFTER, KILLED), KILLED, NOTHING, Verdict.IN_DOUBT),
                row(AT_LEAST_ONCE, List.of(KILLED), KILLED, NOTHING, Verdict.PASSING),
                row(
                        AT_LEAST_ONCE,
                        List.of(reset(ONE_LABEL), reset(ONE_LABEL)),
                        reset(ONE_LABEL),
                        NOTHING,
                        Verdict.IN_DOUBT),
                row(
                        AT_LEAST_ONCE,
                        List.of(RESET_EARLY, RESET_AFTER, RESET_EARLY, RESET_AFTER),
                        RESET_AFTER,
                        NOTHING,
                        Verdict.IN_DOUBT),
                // Nothing printable arrived: the printer is unwell, and the job is tried again on evidence.
                row(AT_LEAST_ONCE, List.of(RESET_EARLY), RESET_EARLY, NOTHING, Verdict.PASSING),
                row(AT_LEAST_ONCE, List.of(RESET_EARLY, RESET_EARLY), RESET_EARLY, NOTHING, Verdict.UNWELL),
                row(AT_LEAST_ONCE, List.of(RESET_EARLY, RESET_EARLY), RESET_EARLY, DELIVERED_BEFORE, Verdict.UNWELL),
                row(
                        AT_LEAST_ONCE,
                        List.of(reset(PART_OF_A_LABEL), reset(PART_OF_A_LABEL)),
                        reset(PART_OF_A_LABEL),
                        NOTHING,
                        Verdict.UNWELL),
                // The printer ended each attempt with bytes missing, and was well in between.
                row(AT_LEAST_ONCE, List.of(BROKEN_OFF, BROKEN_OFF), BROKEN_OFF, SAID_WELL, Verdict.POISONED),
                row(AT_LEAST_ONCE, List.of(BROKEN_OFF, BROKEN_OFF), BROKEN_OFF, OTHER_JOB_DELIVERED, Verdict.POISONED),
                row(AT_LEAST_ONCE, List.of(rejected(false), BROKEN_OFF), rejected(false), SAID_WELL, Verdict.POISONED),
                row(AT_LEAST_ONCE, List.of(BROKEN_OFF, RESET_AFTER), BROKEN_OFF, SAID_WELL, Verdict.UNWELL),
                // A printer that has not taken one byte does not know the document.
                row(AT_LEAST_ONCE, List.of(RESET_EARLY, RESET_EARLY), RESET_EARLY, SAID_WELL, Verdict.UNWELL),
                row(AT_LEAST_ONCE, List.of(BROKEN_OFF, RESET_EARLY), BROKEN_OFF, SAID_WELL, Verdict.UNWELL),
                // What the network ended condemns nothing, however well the printer is.
                row(AT_LEAST_ONCE, List.of(ABORTED, ABORTED), ABORTED, SAID_WELL, Verdict.UNWELL),
                row(AT_LEAST_ONCE, List.of(ABORTED, BROKEN_OFF), BROKEN_OFF, SAID_WELL, Verdict.UNWELL),
                row(AT_LEAST_ONCE, List.of(BROKEN_OFF, BROKEN_OFF), ABORTED, SAID_WELL, Verdict.UNWELL));
    }

    @Test
    void documentationHasTheSameRowsInTheSameOrder() {
        assertThat(DocsTable.below("Verdicts"))
                .extracting(row -> row.get(0) + " -> " + row.get(1))
                .containsExactlyElementsOf(DeliveryPolicy.TABLE.stream()
                        .map(rule -> rule.when() + " -> " + rule.verdict().keyword())
                        .toList());
    }

    @Test
    void everyDocumentedRowDecidesAnExample() {
        assertThat(table().map(DeliveryPolicyTest::decidingRow).distinct())
                .containsExactlyInAnyOrderElementsOf(DocsTable.below("Verdicts").stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    private static String decidingRow(Arguments example) {
        Object[] of = example.get();
        @SuppressWarnings("unchecked")
        var before = (List<DeliveryFailure>) of[1];
        return DeliveryPolicy.decidingRule(
                        WithQueue.profile((DeliveryPromise) of[0], 3),
                        job(before, LABELS),
                        (DeliveryFailure) of[2],
                        (LastSeen) of[3],
                        () -> false)
                .when();
    }

    @Test
    void everyVerdictIsDocumented() {
        assertThat(DocsTable.below("Verdicts"))
                .extracting(row -> row.get(1))
                .containsOnly(
                        Arrays.stream(Verdict.values()).map(Verdict::keyword).toArray(String[]::new));
    }

    /** Even after the printer has shown that it is well, and whoever is said to have ended it. */
    @ParameterizedTest
    @EnumSource
    void causesOfTheCloseAndConfirmPhasesNeverCondemnADocument(Cause cause) {
        boolean isLate = cause.phase() == Phase.CLOSE || cause.phase() == Phase.CONFIRM;
        Verdict verdict = DeliveryPolicy.judge(
                WithQueue.profile(AT_LEAST_ONCE, 3),
                job(List.of(BROKEN_OFF, BROKEN_OFF), LABELS),
                failure(cause, PRINTER, PART_OF_A_LABEL, null),
                SAID_WELL,
                () -> false);

        assertThat(isLate && verdict == Verdict.POISONED).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyCauseOfTheConnectPhaseIsAway(Cause cause) {
        for (DeliveryPromise promise : DeliveryPromise.values()) {
            Verdict verdict = DeliveryPolicy.judge(
                    WithQueue.profile(promise, 1),
                    job(List.of(), LABELS),
                    failure(cause, PRINTER, NONE_SENT, null),
                    NOTHING,
                    () -> false);

            assertThat(verdict == Verdict.AWAY).isEqualTo(cause.phase() == Phase.CONNECT);
        }
    }

    @Test
    void sameBytesThatAnotherPrinterTookAreNotToBlame() {
        var guilty = job(List.of(BROKEN_OFF, BROKEN_OFF), LABELS);
        var printer = WithQueue.profile(AT_LEAST_ONCE, 3);

        assertThat(DeliveryPolicy.judge(printer, guilty, BROKEN_OFF, SAID_WELL, () -> false))
                .isEqualTo(Verdict.POISONED);
        assertThat(DeliveryPolicy.judge(printer, guilty, BROKEN_OFF, SAID_WELL, () -> true))
                .isEqualTo(Verdict.UNWELL);
    }

    @ParameterizedTest
    @MethodSource("table")
    void verdict(
            DeliveryPromise promise,
            List<DeliveryFailure> before,
            DeliveryFailure failure,
            LastSeen seen,
            Verdict verdict) {
        var job = job(before, LABELS);

        assertThat(DeliveryPolicy.judge(WithQueue.profile(promise, 3), job, failure, seen, () -> false))
                .isEqualTo(verdict);
    }

    static Stream<Arguments> copies() {
        return Stream.of(
                arguments(LABELS, PART_OF_A_LABEL, false),
                arguments(LABELS, ONE_LABEL, true),
                arguments(LABELS, NONE_TAKEN, false),
                arguments(LABELS, NOBODY_KNOWS, true),
                arguments(LABELS, new ByteCounts(399, null, 1000), false),
                arguments(LABELS, new ByteCounts(400, null, 1000), true),
                // Without known labels any byte may be one.
                arguments(null, new ByteCounts(1000, 1L, 1000), true),
                arguments(null, NONE_TAKEN, false),
                // A document without labels prints nothing before it is whole, if anything then.
                arguments(new Labels(0, 0, false, 0), new ByteCounts(1000, 999L, 1000), false),
                arguments(new Labels(0, 0, true, 0), ALL, true));
    }

    @ParameterizedTest
    @MethodSource("copies")
    void attemptIsACopyFromItsFirstWholeLabelOn(@Nullable Labels labels, ByteCounts bytes, boolean isCopy) {
        assertThat(job(List.of(), labels).mayHavePrinted(bytes)).isEqualTo(isCopy);
    }

    private static Arguments row(
            DeliveryPromise promise,
            List<DeliveryFailure> before,
            DeliveryFailure failure,
            LastSeen seen,
            Verdict verdict) {
        return arguments(promise, before, failure, seen, verdict);
    }

    private static PrintJob job(List<DeliveryFailure> before, @Nullable Labels labels) {
        var ticket = TicketFixture.scanned(new StoredDocument("id", 1000, "aa"), labels);
        var job = PrintJob.submitted(1, ticket, false, NOON, 1).attemptStarted(1, NOON);
        int number = 1;
        for (DeliveryFailure failure : new ArrayList<>(before)) {
            job = job.attemptEnded(NOON, Outcome.FAILED, null, failure.bytes(), failure, Verdict.PASSING, null)
                    .attemptStarted(++number, NOON);
        }
        return job;
    }

    private static DeliveryFailure refused() {
        return failure(Cause.CONNECTION_REFUSED, PRINTER, NONE_SENT, null);
    }

    private static DeliveryFailure rejected(@Nullable Boolean known) {
        return failure(Cause.PRINTER_REJECTED, PRINTER, PART_OF_A_LABEL, known);
    }

    private static DeliveryFailure rejectedBehindAPreamble() {
        return new DeliveryFailure(
                Cause.PRINTER_REJECTED,
                PRINTER,
                Confidence.CERTAIN,
                null,
                "why",
                PART_OF_A_LABEL,
                null,
                null,
                NOON,
                List.of(),
                true,
                true);
    }

    private static DeliveryFailure unreadable() {
        return failure(Cause.DOCUMENT_UNREADABLE, THIS_HOST, NONE_SENT, null);
    }

    private static DeliveryFailure unconfirmed() {
        return failure(Cause.NOT_CONFIRMED, PRINTER, ALL, null);
    }

    private static DeliveryFailure reset(ByteCounts bytes) {
        return failure(Cause.CONNECTION_RESET, PRINTER, bytes, null);
    }

    private static DeliveryFailure failure(Cause cause, EndedBy endedBy, ByteCounts bytes, @Nullable Boolean refused) {
        return new DeliveryFailure(
                cause, endedBy, Confidence.LIKELY, null, "why", bytes, null, null, NOON, List.of(), refused, null);
    }
}
