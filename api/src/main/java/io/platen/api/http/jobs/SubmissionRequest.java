package io.platen.api.http.jobs;

import io.platen.api.http.problem.ProblemException;
import io.platen.api.http.problem.ProblemType;
import io.platen.api.http.request.Hashing;
import io.platen.api.security.Caller;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.language.Labels;
import io.platen.printer.language.PrinterLanguage;
import io.platen.spooler.job.JobTicket;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.Request;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A checked submission without its document. It arrived as a request of its own or as one line of many.
 *
 * @param language the printer's language
 * @param key the idempotency key: two submissions with the same key make one job
 * @param sha256 the announced hash of the document in lower-case hex
 * @param length the announced size of the document in bytes
 * @param traceparent the caller's trace (W3C Trace Context)
 */
record SubmissionRequest(
        Caller caller,
        PrinterId printer,
        PrinterLanguage language,
        @Nullable String name,
        int copies,
        int priority,
        boolean hold,
        @Nullable String key,
        @Nullable String sha256,
        @Nullable String contentType,
        OptionalLong length,
        @Nullable String callback,
        @Nullable String traceparent) {

    LabelScan scan() {
        return LabelScan.of(language, contentType);
    }

    /** Refuses a document that is empty or differs from the announced one. */
    void require(StoredDocument document) {
        if (length.isPresent() && length.getAsLong() != document.size()) {
            throw new ProblemException(
                    ProblemType.UPLOAD_INCOMPLETE, "The body ended before its announced length. Nothing was kept.");
        }
        if (document.size() == 0) {
            throw new ProblemException(ProblemType.EMPTY_DOCUMENT, "The body is empty: there is nothing to print.");
        }
        if (sha256 != null && !sha256.equals(document.sha256())) {
            throw new ProblemException(
                    ProblemType.DIGEST_MISMATCH,
                    "Content-Digest says SHA-256 %s, the body has %s. Send it again."
                            .formatted(sha256, document.sha256()),
                    "Content-Digest");
        }
    }

    /** The request to the printer's queue. */
    Request.Submit of(StoredDocument document, @Nullable Labels labels) {
        var ticket = new JobTicket(
                name, document, contentType, copies, priority, key, null, callback, traceparent, labels, null);
        return new Request.Submit(key == null ? ticket : ticket.claimed(caller.keyOwner(), asked()), hold);
    }

    /** A hash of everything but the document. It shows when a key is used again for a different submission. */
    private String asked() {
        var all = List.of(
                copies, priority, hold, String.valueOf(name), String.valueOf(contentType), String.valueOf(callback));
        return Hashing.shortHash(all.toString());
    }
}
