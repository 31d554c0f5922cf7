package io.platen.spooler.job;

import io.platen.printer.diagnosis.Cause;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.EndedBy;
import io.platen.spooler.job.Endings.Ending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the latest deliveries have shown about a printer.
 *
 * @param deliveredAt when a job was delivered last
 * @param saidWellAt when the printer last answered a status query of its queue by saying that it is well
 * @param endings how the printer ends its connections
 * @param partialFormat whether the printer may hold an unfinished format, which would take the next job for its rest
 * @param answersStatus whether the printer has ever answered a status query, so that its silence means trouble
 */
public record LastSeen(
        @Nullable Instant deliveredAt,
        @Nullable Instant saidWellAt,
        Endings endings,
        boolean partialFormat,
        boolean answersStatus) {

    static final LastSeen NOTHING = new LastSeen(null, null, Endings.NONE, false, false);

    /** Whether anything shows that the printer was well after that moment. */
    boolean isWellAfter(@Nullable Instant moment) {
        return moment != null && (isAfter(deliveredAt, moment) || isAfter(saidWellAt, moment));
    }

    private static boolean isAfter(@Nullable Instant shown, Instant moment) {
        return shown != null && shown.isAfter(moment);
    }

    LastSeen delivered(@Nullable Instant at) {
        return new LastSeen(at, saidWellAt, endings, partialFormat, answersStatus);
    }

    /** A delivery turned out to have failed. It is safer to suspect the printer once too often than the next jobs. */
    LastSeen deliveryRetracted() {
        return new LastSeen(null, saidWellAt, endings, partialFormat, answersStatus);
    }

    LastSeen saidWell(Instant at) {
        return new LastSeen(deliveredAt, at, endings, partialFormat, true);
    }

    /** Adds what a failure, or the warning of a delivered attempt, shows about how the printer ends connections. */
    LastSeen shownBy(DeliveryFailure failure, int job) {
        return switch (failure.cause()) {
            case RESET_AFTER_SEND -> ended(Ending.RESET, job);
            // A FIN that the network lost says nothing about the printer.
            case CLOSE_TIMEOUT -> failure.endedBy() == EndedBy.PRINTER ? ended(Ending.NOT_CLOSED, job) : this;
            default -> this;
        };
    }

    LastSeen ended(Ending ending, int job) {
        return with(endings.and(ending, job));
    }

    LastSeen keptOpen(int job, Instant at) {
        return with(endings.keptOpen(job, at));
    }

    /** Like {@link #shownBy}, for an attempt that had counted as delivered on a connection that was kept open. */
    LastSeen shownAfterAll(DeliveryFailure failure, int job) {
        return failure.cause() == Cause.RESET_AFTER_SEND ? with(endings.resetAfterAll(job)) : shownBy(failure, job);
    }

    private LastSeen with(Endings changed) {
        return new LastSeen(deliveredAt, saidWellAt, changed, partialFormat, answersStatus);
    }

    LastSeen partialFormat(boolean left) {
        return new LastSeen(deliveredAt, saidWellAt, endings, left, answersStatus);
    }

    LastSeen answersStatus(boolean answered) {
        return new LastSeen(deliveredAt, saidWellAt, endings, partialFormat, answersStatus || answered);
    }
}
