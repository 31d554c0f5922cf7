package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.Labels;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was submitted. It never changes.
 *
 * @param copies how many times the document is sent, 1 to 9999
 * @param priority 1 to 100, higher first
 * @param idempotencyKey the submitter's name for this submission
 * @param retryOf the job that this one repeats
 * @param callback the URL to which the job's events are sent
 * @param traceparent the submitter's trace (W3C Trace Context)
 * @param labels the result of scanning the document; null when it was not scanned
 * @param claim who used the key, and for what; null without a key, and in tickets of earlier versions
 */
public record JobTicket(
        @Nullable String name,
        StoredDocument document,
        @Nullable String contentType,
        int copies,
        int priority,
        @Nullable String idempotencyKey,
        @Nullable JobRef retryOf,
        @Nullable String callback,
        @Nullable String traceparent,
        @Nullable Labels labels,
        @Nullable Claim claim) {

    /**
     * The use of an idempotency key.
     *
     * @param owner who used it; null where callers need not authenticate
     * @param asked what decides what is printed, besides the document
     */
    public record Claim(@Nullable String owner, String asked) {}

    /** The bytes of all copies. */
    public long totalBytes() {
        return document.size() * copies;
    }

    /** This ticket for another job, which prints the same. The key is new, and the trace is not continued. */
    public JobTicket again(@Nullable String newKey, JobRef of) {
        return new JobTicket(name, document, contentType, copies, priority, newKey, of, callback, null, labels, null);
    }

    /** This ticket with a claim to its key, if it has a key. */
    public JobTicket claimed(@Nullable String owner, String asked) {
        return new JobTicket(
                name,
                document,
                contentType,
                copies,
                priority,
                idempotencyKey,
                retryOf,
                callback,
                traceparent,
                labels,
                idempotencyKey == null ? null : new Claim(owner, asked));
    }

    /** The key together with its owner: two submitters may use the same key for different jobs. */
    @Nullable
    String ownKey() {
        return idempotencyKey == null || claim == null || claim.owner() == null
                ? idempotencyKey
                : claim.owner() + "\n" + idempotencyKey;
    }

    /** Whether an earlier submission with the same key asked for the same. Earlier versions stored the document only. */
    boolean asksTheSameAs(JobTicket earlier) {
        Claim own = claim;
        Claim theirs = earlier.claim;
        return earlier.document.sha256().equals(document.sha256())
                && (own == null || theirs == null || own.asked().equals(theirs.asked()));
    }
}
