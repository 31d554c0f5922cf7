package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job in its printer's table: a {@link PrintJob}, or the stored form of a job that was over at the last start. */
public interface KeptJob {
    int number();

    /** The idempotency key together with its owner, see {@link JobTicket}. */
    @Nullable
    String ownKey();

    JobState state();

    /** Whether the job is over for good, so that nothing is left to do with it. */
    boolean isOver();

    @Nullable
    Instant endedAt();

    /** Whether the job has a callback or a trace, which may also hear of events after its end. */
    boolean isWatched();

    /** The id of the job's print data. */
    String documentId();

    /** Whether the job's print data has the same bytes. */
    boolean hasBytesOf(StoredDocument document);

    PrintJob job();
}
