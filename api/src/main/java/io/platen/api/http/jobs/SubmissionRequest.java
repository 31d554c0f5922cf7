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
 * A job that a caller wants printed, all but the document. It was checked, whether it came as a request of its own or as a
 * line of many.
 *
 * @param language of the printer
 * @param key the caller's own name for this submission: sent twice, it makes one job
 * @param sha256 of the document, as the caller announced it, in lower-case hex
 * @param length of the document in bytes, where the caller announced it
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

    /** Scans the document for labels on its way into the store. */
    LabelScan scan() {
        return LabelScan.of(language, contentType);
    }

    /** Refuses a document that is not the one that the caller announced. */
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

    /** What the printer's queue is asked. */
    Request.Submit of(StoredDocument document, @Nullable Labels labels) {
        var ticket = new JobTicket(
                name, document, contentType, copies, priority, key, null, callback, traceparent, labels, null);
        return new Request.Submit(key == null ? ticket : ticket.claimed(caller.keyOwner(), asked()), hold);
    }

    /** All that decides what is printed, and what is told of it, besides the document: a key cannot be used for another. */
    private String asked() {
        var all = List.of(
                copies, priority, hold, String.valueOf(name), String.valueOf(contentType), String.valueOf(callback));
        return Hashing.shortHash(all.toString());
    }
}
