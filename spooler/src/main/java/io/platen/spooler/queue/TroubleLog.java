package io.platen.spooler.queue;

import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.SomeEvents;
import io.platen.spooler.job.Verdict;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * Logs trouble for operators, who find these lines in the log and in a failure's evidence. That a printer is away is logged by
 * the connection.
 */
final class TroubleLog {
    private TroubleLog() {}

    /** Logs an event if it means trouble, with its job and the job's trace. */
    static void note(Logger log, QueueState state, PrinterEvent event) {
        event.aboutAJob().ifPresent(about -> note(log, state, about));
    }

    private static void note(Logger log, QueueState state, JobEvent event) {
        MDC.put("job", Integer.toString(event.job()));
        MDC.put(
                "traceparent",
                state.jobs()
                        .find(event.job())
                        .map(job -> job.ticket().traceparent())
                        .orElse(null));
        try {
            event.accept(new Lines(log)).run();
        } finally {
            MDC.remove("job");
            MDC.remove("traceparent");
        }
    }

    private static final class Lines extends SomeEvents<Runnable> {
        private final Logger log;

        Lines(Logger log) {
            this.log = log;
        }

        @Override
        public Runnable attemptFailed(AttemptFailed failed) {
            if (failed.verdict() == Verdict.AWAY) {
                return other(failed);
            }
            return () -> log.info(
                    "Attempt {} of job {} failed, {} ended it ({}): {} {}",
                    failed.attempt(),
                    failed.job(),
                    failed.failure().endedBy().keyword(),
                    failed.failure().cause().keyword(),
                    failed.failure().message(),
                    failed.verdict().next());
        }

        @Override
        public Runnable queueRestarted(QueueRestarted restarted) {
            return () -> log.info(
                    restarted.why() == QueueRestarted.Why.STATUS
                            ? "The printer says that it is well. The queue, which had stopped on job {}, goes on"
                            : "A connection to the printer holds. The queue, which had stopped on job {}, goes on",
                    restarted.job());
        }

        @Override
        protected Runnable other(PrinterEvent event) {
            return () -> {};
        }
    }
}
