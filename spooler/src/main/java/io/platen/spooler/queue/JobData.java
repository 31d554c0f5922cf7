package io.platen.spooler.queue;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.connection.PrintData;
import io.platen.spooler.job.JobTicket;

/** The bytes of a job: its document, as often as there are copies. */
final class JobData {
    /** Up to this size a job that is still in memory goes to its printer in one write. It stays there until the attempt ends. */
    private static final long IN_ONE_WRITE_BYTES = 16 * 1024;

    private final DocumentStore documents;

    JobData(DocumentStore documents) {
        this.documents = documents;
    }

    PrintData of(JobTicket ticket) {
        StoredDocument document = ticket.document();
        int copies = ticket.copies();
        return documents
                .takeFromMemory(document)
                .filter(bytes -> ticket.totalBytes() <= IN_ONE_WRITE_BYTES)
                .map(bytes -> PrintData.of(times(copies, bytes)))
                .orElseGet(() -> PrintData.of(
                        copies == 1
                                ? documents.read(document)
                                : Source.range(1, copies).flatMapConcat(copy -> documents.read(document))));
    }

    private static ByteString times(int copies, ByteString document) {
        ByteString all = document;
        for (int copy = 1; copy < copies; copy++) {
            all = all.concat(document);
        }
        return all;
    }
}
