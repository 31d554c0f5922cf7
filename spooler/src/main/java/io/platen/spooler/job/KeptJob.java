package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job in its printer's table: as it is or, when it was over at the last start, as it was stored. */
sealed interface KeptJob permits PrintJob, PackedJob {
    int number();

    /** Its idempotency key, with whose it is. */
    @Nullable
    String ownKey();

    JobState state();

    @Nullable
    Instant endedAt();

    /** Whether there is a callback or a trace that hears of it, also after its end. */
    boolean isWatched();

    /** The id of its print data. */
    String documentId();

    /** Whether its print data is the same, byte for byte. */
    boolean hasBytesOf(StoredDocument document);

    /** The job itself. */
    PrintJob job();
}
