package io.platen.spooler;

import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterEvent.QueueRestarted;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** What an operator finds in the log, and with it in the evidence. That a printer is away, its line says. */
final class TroubleLog {
    private TroubleLog() {}

    /** Notes an event, with its job and the trace of that, if it is one of trouble. */
    static void note(Logger log, QueueState state, PrinterEvent event) {
        if (!(event instanceof PrinterEvent.JobEvent about)) {
            return;
        }
        MDC.put("job", Integer.toString(about.job()));
        MDC.put(
                "traceparent",
                state.jobs()
                        .find(about.job())
                        .map(job -> job.ticket().traceparent())
                        .orElse(null));
        try {
            note(log, event);
        } finally {
            MDC.remove("job");
            MDC.remove("traceparent");
        }
    }

    private static void note(Logger log, PrinterEvent event) {
        if (event instanceof AttemptFailed failed && failed.verdict() != Verdict.AWAY) {
            log.info(
                    "Attempt {} of job {} failed, {} ended it ({}): {} {}",
                    failed.attempt(),
                    failed.job(),
                    failed.failure().endedBy().keyword(),
                    failed.failure().cause().keyword(),
                    failed.failure().message(),
                    failed.verdict().next());
        } else if (event instanceof QueueRestarted restarted) {
            log.info(
                    restarted.why() == QueueRestarted.Why.STATUS
                            ? "The printer says that it is well: the queue, which had stopped on job {}, goes on"
                            : "A connection to the printer holds: the queue, which had stopped on job {}, goes on",
                    restarted.job());
        }
    }
}
