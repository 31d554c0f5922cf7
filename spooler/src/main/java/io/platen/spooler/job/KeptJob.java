package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job in its printer's table: a {@link PrintJob} or, when it was over at the last start, its stored form. */
public interface KeptJob {
    int number();

    /** Its idempotency key, with whose it is. */
    @Nullable
    String ownKey();

    JobState state();

    /** Whether it is over for good: nothing is left to be done with it. */
    boolean isOver();

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
