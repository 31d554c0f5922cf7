package io.platen.api.webhook;

import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.FailureDiscarded;
import io.platen.spooler.job.PrinterEvent.FailureResubmitted;
import io.platen.spooler.job.PrinterEvent.JobEvent;
import io.platen.spooler.job.PrinterEvent.JobMoved;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of which event: as the events themselves say, for the printers' published state may be behind them or ahead.
 * At the start it is the state as it was recovered.
 */
final class Callbacks {
    private final Map<PrinterId, String> ofPrinters = new HashMap<>();
    private final Map<JobRef, JobTicket> ofJobs = new LatestTickets();

    /** A bound, so that the jobs of years do not fill the memory: far more than can be unfinished. */
    private static final class LatestTickets extends LinkedHashMap<JobRef, JobTicket> {
        private static final int MOST = 500_000;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobRef, JobTicket> eldest) {
            return size() > MOST;
        }
    }

    /**
     * Of one event.
     *
     * @param urls none, one, or the printer's and the job's
     */
    record Told(Set<String> urls, @Nullable String traceparent) {}

    static Callbacks of(List<PrinterStatus> printers) {
        var callbacks = new Callbacks();
        for (PrinterStatus printer : printers) {
            callbacks.configured(printer.id(), printer.profile().callback());
            printer.queue()
                    .jobs()
                    .watched()
                    .forEach(job -> callbacks.submitted(new JobRef(printer.id(), job.number()), job.ticket()));
        }
        return callbacks;
    }

    Told told(Published published) {
        PrinterId printer = published.printer();
        PrinterEvent event = published.event();
        if (event instanceof PrinterConfigured configured) {
            configured(printer, configured.profile().callback());
        } else if (event instanceof JobSubmitted submitted) {
            submitted(new JobRef(printer, submitted.job()), submitted.ticket());
        }
        Set<String> urls = new LinkedHashSet<>();
        if (ofPrinters.containsKey(printer)) {
            urls.add(ofPrinters.get(printer));
        }
        JobTicket ticket = event instanceof JobEvent about ? ofJobs.get(new JobRef(printer, about.job())) : null;
        if (ticket != null && ticket.callback() != null) {
            urls.add(ticket.callback());
        }
        forget(printer, event);
        return new Told(urls, ticket == null ? null : ticket.traceparent());
    }

    /** Not at a job's end: it may be judged again, or be taken out of failure storage, long after. */
    private void forget(PrinterId printer, PrinterEvent event) {
        if (event instanceof PrinterRemoved) {
            ofPrinters.remove(printer);
            ofJobs.keySet().removeIf(job -> job.printer().equals(printer));
        } else if (event instanceof FailureDiscarded
                || event instanceof FailureResubmitted
                || event instanceof JobMoved) {
            ofJobs.remove(new JobRef(printer, ((JobEvent) event).job()));
        }
    }

    private void configured(PrinterId printer, @Nullable String callback) {
        if (callback == null) {
            ofPrinters.remove(printer);
        } else {
            ofPrinters.put(printer, callback);
        }
    }

    private void submitted(JobRef job, JobTicket ticket) {
        if (ticket.callback() != null || ticket.traceparent() != null) {
            ofJobs.put(job, ticket);
        }
    }
}
