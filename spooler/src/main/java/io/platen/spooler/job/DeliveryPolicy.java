package io.platen.spooler.job;

import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.Errno;
import io.platen.printer.diagnosis.Phase;
import io.platen.spooler.job.JobAttempt.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What follows a failed attempt. Pure; read it from top to bottom, the first line that fits decides. */
public final class DeliveryPolicy {
    private DeliveryPolicy() {}

    /**
     * Judges an attempt.
     *
     * @param job as it was while the attempt was under way
     * @param lastDeliveredAt when this printer last took any job
     */
    public static Verdict judge(
            PrinterProfile printer, PrintJob job, DeliveryFailure failure, @Nullable Instant lastDeliveredAt) {
        if (failure.phase() == Phase.CONNECT) {
            return Verdict.AWAY;
        }
        boolean hostIsShort = failure.errno() == Errno.EMFILE;
        if (failure.cause() == Cause.PRINTER_REJECTED
                || (failure.cause() == Cause.DOCUMENT_UNREADABLE && !hostIsShort)) {
            return Verdict.POISONED;
        }
        if (failure.bytes().anySent() && printer.delivery() == DeliveryPromise.AT_MOST_ONCE) {
            return Verdict.IN_DOUBT;
        }
        if (failure.cause() == Cause.INTERRUPTED || job.countedAttempts() + 1 < printer.attempts()) {
            return Verdict.PASSING;
        }
        return isShownHealthy(job, lastDeliveredAt) ? Verdict.POISONED : Verdict.UNWELL;
    }

    /** Another job came through since this one was first tried. */
    private static boolean isShownHealthy(PrintJob job, @Nullable Instant lastDeliveredAt) {
        return lastDeliveredAt != null && job.startedAt() != null && lastDeliveredAt.isAfter(job.startedAt());
    }

    /** How the attempt itself is to be called. */
    public static Outcome outcome(DeliveryFailure failure, Verdict verdict) {
        boolean mayBePrinted = failure.phase() == Phase.CLOSE || failure.phase() == Phase.CONFIRM;
        return verdict == Verdict.IN_DOUBT || mayBePrinted ? Outcome.IN_DOUBT : Outcome.FAILED;
    }
}
