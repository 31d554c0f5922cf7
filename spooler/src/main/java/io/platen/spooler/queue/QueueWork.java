package io.platen.spooler.queue;

import io.platen.spooler.job.LineReport;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.PrinterConfigured;
import io.platen.spooler.job.QueueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events that a queue stores together, and the state after them. */
final class QueueWork {
    private final QueueState before;
    private final Instant now;
    private final List<PrinterEvent> events = new ArrayList<>();
    private QueueState state;

    QueueWork(QueueState state, Instant now) {
        this.before = state;
        this.state = state;
        this.now = now;
    }

    QueueState before() {
        return before;
    }

    /** The state after the events so far. */
    QueueState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    List<PrinterEvent> events() {
        return events;
    }

    void add(List<PrinterEvent> more) {
        for (PrinterEvent event : more) {
            events.add(event);
            state = state.after(event);
        }
    }

    /**
     * Whether the printer is configured, even if its profile is the one from before: it may have been removed in the same
     * write, and its connection with it.
     */
    boolean configuresPrinter() {
        return state.profile() != null && events.stream().anyMatch(PrinterConfigured.class::isInstance);
    }

    /** Adds the start of the next attempt, if one may start. True if it did. */
    boolean start() {
        var started = LineReport.start(state, now);
        started.ifPresent(event -> add(List.of(event)));
        return started.isPresent();
    }
}
