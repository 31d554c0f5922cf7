package io.platen.spooler.job;

import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Phase;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What follows a failed attempt. Pure: {@link #TABLE}, read from top to bottom; the first line that fits decides. */
public final class DeliveryPolicy {

    /** Whose fault, and what follows. */
    private static final List<Rule> TABLE = List.of(
            rule("no connection came about", Case::wasNeverConnected, Verdict.AWAY),
            rule("the printer rejected the job, or its document is damaged", Case::jobIsAtFault, Verdict.POISONED),
            rule("bytes may have been taken, and never twice is promised", Case::mayNotRepeat, Verdict.IN_DOUBT),
            rule("attempts are left, or Platen itself was stopped", Case::mayTryAgain, Verdict.PASSING),
            rule("another job came through meanwhile", Case::printerIsShownHealthy, Verdict.POISONED),
            rule("the same document failed for good at another printer", Case::failedElsewhere, Verdict.POISONED),
            rule("nothing shows that the printer is well", any -> true, Verdict.UNWELL));

    // A status query that succeeds is evidence that comes later, while the queue stands:
    // LineReport.shownHealthy.

    private DeliveryPolicy() {}

    private record Rule(String when, Predicate<Case> fits, Verdict verdict) {}

    private static Rule rule(String when, Predicate<Case> fits, Verdict verdict) {
        return new Rule(when, fits, verdict);
    }

    /**
     * What speaks for the printer or against the document, from elsewhere.
     *
     * @param lastDeliveredAt when this printer last took any job
     * @param documentFailedElsewhere whether another printer failed with the same bytes for good
     */
    public record Elsewhere(@Nullable Instant lastDeliveredAt, boolean documentFailedElsewhere) {}

    /** A failed attempt, with all that counts for its judgement. */
    private record Case(PrinterProfile printer, PrintJob job, DeliveryFailure failure, Elsewhere elsewhere) {

        boolean wasNeverConnected() {
            return failure.phase() == Phase.CONNECT;
        }

        boolean jobIsAtFault() {
            boolean hostIsShort = failure.errno() == Errno.EMFILE;
            return failure.cause() == Cause.PRINTER_REJECTED
                    || (failure.cause() == Cause.DOCUMENT_UNREADABLE && !hostIsShort);
        }

        boolean mayNotRepeat() {
            return failure.bytes().anySent() && printer.delivery() == DeliveryPromise.AT_MOST_ONCE;
        }

        boolean mayTryAgain() {
            return failure.cause() == Cause.INTERRUPTED || job.countedAttempts() + 1 < printer.attempts();
        }

        boolean printerIsShownHealthy() {
            Instant delivered = elsewhere.lastDeliveredAt();
            return delivered != null && job.startedAt() != null && delivered.isAfter(job.startedAt());
        }

        boolean failedElsewhere() {
            return elsewhere.documentFailedElsewhere();
        }
    }

    /**
     * Judges an attempt.
     *
     * @param job as it was while the attempt was under way
     */
    public static Verdict judge(PrinterProfile printer, PrintJob job, DeliveryFailure failure, Elsewhere elsewhere) {
        var judged = new Case(printer, job, failure, elsewhere);
        return TABLE.stream()
                .filter(rule -> rule.fits().test(judged))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /** How the attempt itself is to be called. */
    public static Outcome outcome(DeliveryFailure failure, Verdict verdict) {
        boolean mayBePrinted = failure.phase() == Phase.CLOSE || failure.phase() == Phase.CONFIRM;
        return verdict == Verdict.IN_DOUBT || mayBePrinted ? Outcome.IN_DOUBT : Outcome.FAILED;
    }
}
