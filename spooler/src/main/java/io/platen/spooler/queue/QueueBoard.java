package io.platen.spooler.queue;

import io.platen.printer.ConnectionStatus;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where printers publish their state: for readers, which must not disturb them, and for each other. */
public interface QueueBoard {

    /** A queue's state after these events, which are durable. */
    void publishQueue(PrinterId id, QueueState state, List<PrinterEvent> events);

    /** The state of the printer's connection. */
    void publishLine(PrinterId id, ConnectionStatus line);

    /** The last published state of a queue; empty before its printer has recovered. */
    Optional<QueueState> queue(PrinterId id);

    /** All queues, including those of removed printers, whose history must still expire. */
    Map<PrinterId, QueueState> queues();
}
