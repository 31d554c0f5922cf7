package io.platen.spooler.queue;

import io.platen.persistence.FreeSpace;
import io.platen.persistence.document.DocumentStore;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.PrinterServices;

/** What every printer's actors use. */
public record QueueServices(
        QueueSettings settings,
        QueueBoard board,
        DocumentStore documents,
        FreeSpace space,
        Filing filing,
        ConnectionDefaults lines,
        PrinterServices printers) {}
