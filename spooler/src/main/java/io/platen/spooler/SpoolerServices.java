package io.platen.spooler;

import io.platen.persistence.FreeSpace;
import io.platen.persistence.document.DocumentStore;
import io.platen.printer.ConnectionDefaults;
import io.platen.printer.PrinterServices;

/** What every printer's entity is given. */
record SpoolerServices(
        SpoolerSettings settings,
        StatusBoard board,
        DocumentStore documents,
        FreeSpace space,
        FailureFiling failures,
        ConnectionDefaults lines,
        PrinterServices printers) {}
