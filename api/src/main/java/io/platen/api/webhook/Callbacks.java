package io.platen.api.webhook;

import io.platen.spooler.PrinterStatus;
import io.platen.spooler.Spooler.Published;
import io.platen.spooler.StatusBoard;
import io.platen.spooler.job.EndOfJob;
import io.platen.spooler.job.JobRef;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.JobSubmitted;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.PrinterEvent.PrinterRemoved;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.SomeEvents;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of which event: as the events themselves say, as the printers' published state may be behind them or ahead.
 * At the start it is the state as it was recovered. Only jobs that have not ended are remembered here.
 */
final class Callbacks {
    private final Map<PrinterId, String> ofPrinters = new HashMap<>();
    private final Map<JobRef, Watcher> ofJobs = new HashMap<>();
    private final StatusBoard board;

    /** Who is to hear of a job. */
    private record Watcher(
            @Nullable String callback, @Nullable String traceparent) {
        static Watcher of(JobTicket ticket) {
            return new Watcher(ticket.callback(), ticket.traceparent());
        }
    }

    private Callbacks(StatusBoard board) {
        this.board = board;
    }

    /**
     * Of one event.
     *
     * @param urls none, one, or the printer's and the job's
     */
    record Told(Set<String> urls, @Nullable String traceparent) {}

    /** As the printers stand now. */
    static Callbacks of(StatusBoard board) {
        var callbacks = new Callbacks(board);
        for (PrinterStatus printer : board.all()) {
            callbacks.configured(printer.id(), printer.profile().callback());
            printer.queue()
                    .jobs()
                    .watched()
                    .filter(job -> !job.state().isFinished())
                    .forEach(job -> callbacks.submitted(new JobRef(printer.id(), job.number()), job.ticket()));
        }
        return callbacks;
    }

    /** How many jobs are remembered: those that have not ended. */
    int jobs() {
        return ofJobs.size();
    }

    Told told(Published published) {
        PrinterId printer = published.printer();
        PrinterEvent event = published.event();
        event.accept(new Beginnings(printer)).run();
        Set<String> urls = new LinkedHashSet<>();
        if (ofPrinters.containsKey(printer)) {
            urls.add(ofPrinters.get(printer));
        }
        Watcher watcher = event.aboutAJob()
                .flatMap(about -> watcher(new JobRef(printer, about.job())))
                .orElse(null);
        if (watcher != null && watcher.callback() != null) {
            urls.add(watcher.callback());
        }
        event.accept(new Ends(printer)).run();
        return new Told(urls, watcher == null ? null : watcher.traceparent());
    }

    /** A job that has ended may be judged again, or be taken out of failure storage, long after: its printer knows it. */
    private Optional<Watcher> watcher(JobRef job) {
        return Optional.ofNullable(ofJobs.get(job))
                .or(() -> board.find(job.printer())
                        .flatMap(printer -> printer.queue().jobs().find(job.job()))
                        .map(kept -> Watcher.of(kept.ticket())));
    }

    /** What is to be known before an event is told. */
    private final class Beginnings extends SomeEvents<Runnable> {
        private final PrinterId printer;

        Beginnings(PrinterId printer) {
            this.printer = printer;
        }

        @Override
        public Runnable printerConfigured(PrinterConfigured event) {
            return () -> configured(printer, event.profile().callback());
        }

        @Override
        public Runnable jobSubmitted(JobSubmitted event) {
            return () -> submitted(new JobRef(printer, event.job()), event.ticket());
        }

        @Override
        protected Runnable other(PrinterEvent event) {
            return () -> {};
        }
    }

    /** What is forgotten when an event has been told. */
    private final class Ends extends SomeEvents<Runnable> {
        private final PrinterId printer;

        Ends(PrinterId printer) {
            this.printer = printer;
        }

        @Override
        public Runnable printerRemoved(PrinterRemoved event) {
            return () -> {
                ofPrinters.remove(printer);
                ofJobs.keySet().removeIf(job -> job.printer().equals(printer));
            };
        }

        @Override
        protected Runnable other(PrinterEvent event) {
            return () -> event.aboutAJob()
                    .filter(EndOfJob::isIn)
                    .ifPresent(about -> ofJobs.remove(new JobRef(printer, about.job())));
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
            ofJobs.put(job, Watcher.of(ticket));
        }
    }
}
