package io.platen.spooler.upkeep;

import io.platen.spooler.job.PrinterProfile;
import java.time.Duration;
import java.util.Objects;

/**
 * How long things are kept.
 *
 * @param documentsKeptFor print data of finished jobs, unless the printer has its own time
 * @param historyKeptFor events, from the end of their job
 * @param failuresKeptBytes total size of the documents in failure storage, for all printers
 */
public record Retention(
        Duration unusedDocumentsAfter,
        Duration documentsKeptFor,
        Duration historyKeptFor,
        Duration failuresKeptFor,
        long failuresKeptBytes) {

    /** How long a printer's finished jobs keep their print data. */
    public Duration documentsKeptFor(PrinterProfile profile) {
        return Objects.requireNonNullElse(profile.keepDocuments(), documentsKeptFor);
    }
}
