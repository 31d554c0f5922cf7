package io.platen.spooler.upkeep;

import io.platen.spooler.job.PrinterProfile;
import java.time.Duration;
import java.util.Objects;

/**
 * How long what is kept.
 *
 * @param documentsKeptFor print data of finished jobs, where the printer says nothing else
 * @param historyKeptFor events, counted from the end of their job
 * @param failuresKeptBytes the documents' sizes, of all printers
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
