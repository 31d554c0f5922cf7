package io.platen.spooler.queue;

import akka.persistence.typed.PersistenceId;
import io.platen.spooler.job.PrinterId;
import java.util.Optional;

/** The names of the printers' event streams in the journal. They are a file format. */
public final class PrinterStreams {
    /** The entity type, which precedes the printer's id in the name of its stream. */
    public static final String ENTITY = "printer";

    private static final String PREFIX = ENTITY + PersistenceId.DefaultSeparator();

    private PrinterStreams() {}

    public static PersistenceId of(PrinterId printer) {
        return PersistenceId.of(ENTITY, printer.value());
    }

    /** The printer of a stream; empty for other streams. */
    public static Optional<PrinterId> printer(String persistenceId) {
        return persistenceId.startsWith(PREFIX)
                ? Optional.of(new PrinterId(persistenceId.substring(PREFIX.length())))
                : Optional.empty();
    }
}
