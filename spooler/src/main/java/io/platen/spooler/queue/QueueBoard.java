package io.platen.spooler.queue;

import io.platen.printer.ConnectionStatus;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where printers publish their state, for readers who must not disturb them, and for each other. */
public interface QueueBoard {

    /** A queue's state after these events, which are durable. */
    void publishQueue(PrinterId id, QueueState state, List<PrinterEvent> events);

    /** The state of the printer's connection. */
    void publishLine(PrinterId id, ConnectionStatus line);

    /** A queue as it was published last; empty before its printer has recovered. */
    Optional<QueueState> queue(PrinterId id);

    /** All queues, also those of removed printers: they still need what they name. */
    Map<PrinterId, QueueState> queues();
}
