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
 * Knows which callbacks get an event. It learns that from the events themselves, because the printers' published state may be
 * older or newer than an event. It starts from the recovered state, and remembers only jobs that have not ended.
 */
final class Callbacks {
    private final Map<PrinterId, String> ofPrinters = new HashMap<>();
    private final Map<JobRef, Watcher> ofJobs = new HashMap<>();
    private final StatusBoard board;

    /** The callback and trace of a job. */
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
     * Where an event goes.
     *
     * @param urls the printer's and the job's callback, as far as they have one
     */
    record Told(Set<String> urls, @Nullable String traceparent) {}

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

    /** How many jobs are remembered. */
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

    /** Long after its end a job may be judged again or leave failure storage. Then the printer's state has its callback. */
    private Optional<Watcher> watcher(JobRef job) {
        return Optional.ofNullable(ofJobs.get(job))
                .or(() -> board.find(job.printer())
                        .flatMap(printer -> printer.queue().jobs().find(job.job()))
                        .map(kept -> Watcher.of(kept.ticket())));
    }

    /** What to remember before an event is sent. */
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

    /** What to forget after an event is sent. */
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
