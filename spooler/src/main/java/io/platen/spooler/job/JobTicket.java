package io.platen.spooler.job;

import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.Labels;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was submitted. Never changes.
 *
 * @param copies how many times the document is sent, 1 to 9999
 * @param priority 1 to 100, higher first
 * @param idempotencyKey the submitter's own name for this submission
 * @param retryOf the job that this one repeats
 * @param callback the URL that is told what happens to the job
 * @param traceparent the submitter's trace (W3C Trace Context)
 * @param labels what a scan of the document found; null when it was not scanned
 * @param claim whose the key is, and what else was asked for; null without a key, and of earlier versions
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
     * To an idempotency key.
     *
     * @param owner who used it; null where nobody has to say who they are
     * @param asked all that decides what is printed, besides the document
     */
    public record Claim(@Nullable String owner, String asked) {}

    /** Without a claim to its key. */
    public JobTicket(
            @Nullable String name,
            StoredDocument document,
            @Nullable String contentType,
            int copies,
            int priority,
            @Nullable String idempotencyKey,
            @Nullable JobRef retryOf,
            @Nullable String callback,
            @Nullable String traceparent,
            @Nullable Labels labels) {
        this(
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
                null);
    }

    /** Not scanned. */
    public JobTicket(
            @Nullable String name,
            StoredDocument document,
            @Nullable String contentType,
            int copies,
            int priority,
            @Nullable String idempotencyKey,
            @Nullable JobRef retryOf,
            @Nullable String callback,
            @Nullable String traceparent) {
        this(name, document, contentType, copies, priority, idempotencyKey, retryOf, callback, traceparent, null);
    }

    /** Without a callback or a trace, and not scanned. */
    public JobTicket(
            @Nullable String name,
            StoredDocument document,
            @Nullable String contentType,
            int copies,
            int priority,
            @Nullable String idempotencyKey,
            @Nullable JobRef retryOf) {
        this(name, document, contentType, copies, priority, idempotencyKey, retryOf, null, null);
    }

    /** Bytes to be sent, all copies. */
    public long totalBytes() {
        return document.size() * copies;
    }

    /** Labels that come out of all copies, where the document was scanned. */
    public OptionalLong totalLabels() {
        return labels == null ? OptionalLong.empty() : OptionalLong.of(labels.totalOf(copies));
    }

    /** The same for another job: what is printed stays, who asked for it and when is new. */
    public JobTicket again(@Nullable String newKey, JobRef of) {
        return new JobTicket(name, document, contentType, copies, priority, newKey, of, callback, null, labels);
    }

    /** The same, with a claim to its key, where it has one. */
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

    /** The key with whose it is: keys of two submitters are two. */
    @Nullable
    String ownKey() {
        return idempotencyKey == null || claim == null || claim.owner() == null
                ? idempotencyKey
                : claim.owner() + "\n" + idempotencyKey;
    }

    /** Whether an earlier submission with the same key asked for the same; earlier versions kept the document only. */
    boolean asksTheSameAs(JobTicket earlier) {
        Claim own = claim;
        Claim theirs = earlier.claim;
        return earlier.document.sha256().equals(document.sha256())
                && (own == null || theirs == null || own.asked().equals(theirs.asked()));
    }
}
