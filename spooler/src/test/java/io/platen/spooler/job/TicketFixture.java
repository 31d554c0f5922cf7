package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.Labels;
import org.jspecify.annotations.Nullable;

/** Tickets for tests: one copy, and nothing that a test does not ask for. */
public final class TicketFixture {
    private TicketFixture() {}

    public static JobTicket of(StoredDocument document) {
        return of(null, document);
    }

    public static JobTicket of(@Nullable String name, StoredDocument document) {
        return new JobTicket(name, document, null, 1, 50, null, null, null, null, null, null);
    }

    static JobTicket keyed(StoredDocument document, int priority, @Nullable String key) {
        return new JobTicket(null, document, null, 1, priority, key, null, null, null, null, null);
    }

    static JobTicket scanned(StoredDocument document, @Nullable Labels labels) {
        return new JobTicket(null, document, null, 1, 50, null, null, null, null, labels, null);
    }
}
