package io.platen.printer;

import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import io.platen.printer.PrinterConnection.Command;
import io.platen.printer.diagnosis.Cause;
import java.time.Duration;

/**
 * What follows when a connection throws. In one place, innermost first:
 *
 * <ol>
 *   <li>{@link JobRejectedException}: the job is at fault, not the line. Resume; nothing is lost, nothing
 *       waits.
 *   <li>{@link LineLostException}: abort, reset, or no connection. Restart after a pause that doubles from
 *       failure to failure up to its cap, with jitter.
 *   <li>{@link LineProvenException}: the line is lost, but had worked since the failures before. Restart at once,
 *       which makes the pause small again, and then take that pause.
 *   <li>anything else is a bug here: restart after a pause. It never reaches another printer.
 * </ol>
 *
 * <p>The printer's queue is not below this: it is a sibling, stops when its store fails, and recovers from
 * the journal.
 */
final class LineSupervision {
    /** Up to this much of a pause is added to it, so that many printers don't come back in step. */
    private static final double JITTER = 0.5;

    /**
     * Beyond the longest pause. It is success that resets the pause ({@link LineProvenException}); time does so
     * only when nothing was tried meanwhile. Akka keeps a timer for so long after each restart, so no longer.
     */
    private static final Duration RESET_MARGIN = Duration.ofMinutes(1);

    private LineSupervision() {}

    /** The printer refused the job and is ready for the next. */
    static final class JobRejectedException extends RuntimeException {
        JobRejectedException(Cause cause) {
            super(cause.keyword());
        }
    }

    /** The line is lost. */
    static final class LineLostException extends RuntimeException {
        LineLostException(Cause cause) {
            super(cause.keyword());
        }
    }

    /** The line is lost, after it had worked since the failures before. */
    static final class LineProvenException extends RuntimeException {}

    static Behavior<Command> supervised(Behavior<Command> connection, ConnectionSettings settings) {
        var pause = SupervisorStrategy.restartWithBackoff(settings.minBackoff(), settings.maxBackoff(), JITTER)
                .withResetBackoffAfter(settings.maxBackoff()
                        .multipliedBy(2)
                        .plus(settings.socket().connectTimeout())
                        .plus(RESET_MARGIN));
        var rejected = Behaviors.supervise(connection)
                .onFailure(
                        JobRejectedException.class, SupervisorStrategy.resume().withLoggingEnabled(false));
        var lost = Behaviors.supervise(rejected).onFailure(LineLostException.class, pause.withLoggingEnabled(false));
        var proven = Behaviors.supervise(lost)
                .onFailure(
                        LineProvenException.class, SupervisorStrategy.restart().withLoggingEnabled(false));
        return Behaviors.supervise(proven).onFailure(RuntimeException.class, pause);
    }
}
