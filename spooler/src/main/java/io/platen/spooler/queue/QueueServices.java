package io.platen.spooler.queue;

import io.platen.persistence.FreeSpace;
import io.platen.persistence.document.DocumentStore;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.PrinterServices;

/** What the actors of all printers share. */
public record QueueServices(
        QueueSettings settings,
        QueueBoard board,
        DocumentStore documents,
        FreeSpace space,
        Filing filing,
        ConnectionDefaults lines,
        PrinterServices printers) {}
