package io.platen.spooler;

import io.platen.printer.ConnectionStatus;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.queue.QueueBoard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The last published state of every printer. Reading it does not disturb the printers. Published state is durable.
 */
public final class StatusBoard implements QueueBoard {

    /** Receives every batch of events after it was stored. Called on the thread of the queue, so it must be quick. */
    @FunctionalInterface
    public interface Listener {
        void published(PrinterId printer, QueueState state, List<PrinterEvent> events);
    }

    private record Published(
            @Nullable QueueState queue, @Nullable ConnectionStatus line) {}

    private final ConcurrentNavigableMap<String, Published> entries = new ConcurrentSkipListMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A printer, if it is configured. */
    public Optional<PrinterStatus> find(PrinterId id) {
        Published entry = entries.get(id.value());
        return entry == null ? Optional.empty() : status(id, entry);
    }

    /** All configured printers, by id. */
    public List<PrinterStatus> all() {
        var all = new ArrayList<PrinterStatus>();
        entries.forEach((id, entry) -> status(new PrinterId(id), entry).ifPresent(all::add));
        return all;
    }

    @Override
    public Map<PrinterId, QueueState> queues() {
        var all = new LinkedHashMap<PrinterId, QueueState>();
        entries.forEach((id, entry) -> {
            if (entry.queue() != null) {
                all.put(new PrinterId(id), entry.queue());
            }
        });
        return all;
    }

    @Override
    public Optional<QueueState> queue(PrinterId id) {
        return Optional.ofNullable(entries.get(id.value())).map(Published::queue);
    }

    /** Adds a listener. It cannot be removed. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void publishQueue(PrinterId id, QueueState state, List<PrinterEvent> events) {
        entries.compute(id.value(), (key, old) -> new Published(state, old == null ? null : old.line()));
        for (Listener listener : listeners) {
            listener.published(id, state, events);
        }
    }

    @Override
    public void publishLine(PrinterId id, ConnectionStatus line) {
        entries.compute(id.value(), (key, old) -> new Published(old == null ? null : old.queue(), line));
    }

    private static Optional<PrinterStatus> status(PrinterId id, Published entry) {
        QueueState queue = entry.queue();
        PrinterProfile profile = queue == null ? null : queue.profile();
        if (queue == null || profile == null) {
            return Optional.empty();
        }
        ConnectionStatus line = entry.line() == null ? ConnectionStatus.closed(queue.stateSince()) : entry.line();
        return Optional.of(new PrinterStatus(id, profile, queue, line));
    }
}
