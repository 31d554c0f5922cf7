package io.platen.spooler.queue;

import akka.persistence.typed.PersistenceId;
import io.platen.spooler.job.PrinterId;
import java.util.Optional;

/** The names of the printers' event streams in the journal. A file format. */
public final class PrinterStreams {
    /** The entity type: what stands before the printer in a stream's name. */
    public static final String ENTITY = "printer";

    private static final String PREFIX = ENTITY + PersistenceId.DefaultSeparator();

    private PrinterStreams() {}

    /** A printer's stream. */
    public static PersistenceId of(PrinterId printer) {
        return PersistenceId.of(ENTITY, printer.value());
    }

    /** Whose stream it is; empty when it is not a printer's. */
    public static Optional<PrinterId> printer(String persistenceId) {
        return persistenceId.startsWith(PREFIX)
                ? Optional.of(new PrinterId(persistenceId.substring(PREFIX.length())))
                : Optional.empty();
    }
}
