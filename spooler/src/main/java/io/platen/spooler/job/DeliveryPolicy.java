package io.platen.spooler.job;

import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Phase;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Judges a failed attempt by {@link #TABLE}: the first row that fits, from top to bottom, decides. */
public final class DeliveryPolicy {

    /** The rows of the table in docs/failures.md, word for word. */
    static final List<Rule> TABLE = List.of(
            rule("any cause of the connect phase", Case::wasNeverConnected, Verdict.AWAY),
            rule(
                    "the printer refused the job, and nothing before it, in words that its language knows, or its document is damaged",
                    Case::isCondemned,
                    Verdict.POISONED),
            rule("any byte may have been taken, on an at-most-once printer", Case::mayNotRepeat, Verdict.IN_DOUBT),
            rule("not-confirmed", Case::isNotConfirmed, Verdict.IN_DOUBT),
            rule(
                    "the last allowed attempt failed; the printer ended every counted attempt in the send phase with bytes missing; and in between it said that it is well, or took another job; and no printer here ever took a job of the same bytes",
                    Case::isGuilty,
                    Verdict.POISONED),
            rule("as many copies as attempts may be out", Case::copiesAreUsedUp, Verdict.IN_DOUBT),
            rule("attempts are left, or Platen itself was stopped", Case::mayTryAgain, Verdict.PASSING),
            rule("anything else", any -> true, Verdict.UNWELL));

    private DeliveryPolicy() {}

    /** One row of the table. */
    record Rule(String when, Predicate<Case> fits, Verdict verdict) {}

    private static Rule rule(String when, Predicate<Case> fits, Verdict verdict) {
        return new Rule(when, fits, verdict);
    }

    /** A failed attempt, with everything that its verdict depends on. */
    record Case(
            PrinterProfile printer,
            PrintJob job,
            DeliveryFailure failure,
            LastSeen seen,
            BooleanSupplier sameBytesWerePrinted) {

        boolean wasNeverConnected() {
            return failure.phase() == Phase.CONNECT;
        }

        boolean isCondemned() {
            boolean hostIsShort = failure.errno() == Errno.EMFILE;
            return failure.isRefusalOfTheDocument() || (failure.cause() == Cause.DOCUMENT_UNREADABLE && !hostIsShort);
        }

        boolean mayNotRepeat() {
            return failure.bytes().anySent() && printer.delivery() == DeliveryPromise.AT_MOST_ONCE;
        }

        /** The labels may still be in the printer's buffer. Sent again, they would be printed twice. */
        boolean isNotConfirmed() {
            return failure.cause() == Cause.NOT_CONFIRMED;
        }

        boolean isGuilty() {
            return !mayTryAgain()
                    && failure.speaksAgainstTheDocument()
                    && job.allCountedAttemptsSpeakAgainstIt()
                    && seen.isWellAfter(job.startedAt())
                    && !sameBytesWerePrinted.getAsBoolean();
        }

        boolean copiesAreUsedUp() {
            boolean isCopy = job.mayHavePrinted(failure.bytes());
            return job.copiesSent() + (isCopy ? 1 : 0) >= printer.attempts();
        }

        boolean mayTryAgain() {
            return failure.cause() == Cause.INTERRUPTED || job.countedAttempts() + 1 < printer.attempts();
        }
    }

    /**
     * Judges an attempt.
     *
     * @param job as it was during the attempt
     * @param seen what other deliveries have shown about the printer
     * @param sameBytesWerePrinted whether this or another printer has printed a job of the same bytes, which are then not at
     *     fault
     */
    public static Verdict judge(
            PrinterProfile printer,
            PrintJob job,
            DeliveryFailure failure,
            LastSeen seen,
            BooleanSupplier sameBytesWerePrinted) {
        return decidingRule(printer, job, failure, seen, sameBytesWerePrinted).verdict();
    }

    /** The first row that fits. */
    static Rule decidingRule(
            PrinterProfile printer,
            PrintJob job,
            DeliveryFailure failure,
            LastSeen seen,
            BooleanSupplier sameBytesWerePrinted) {
        var judged = new Case(printer, job, failure, seen, sameBytesWerePrinted);
        return TABLE.stream()
                .filter(rule -> rule.fits().test(judged))
                .findFirst()
                .orElseThrow();
    }

    /** The outcome of the attempt itself. */
    public static Outcome outcome(DeliveryFailure failure, Verdict verdict) {
        boolean mayBePrinted = failure.phase() == Phase.CLOSE || failure.phase() == Phase.CONFIRM;
        return verdict == Verdict.IN_DOUBT || mayBePrinted ? Outcome.IN_DOUBT : Outcome.FAILED;
    }
}
