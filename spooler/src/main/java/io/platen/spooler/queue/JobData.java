package io.platen.spooler.queue;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.platen.persistence.document.DocumentStore;
import io.platen.persistence.document.StoredDocument;
import io.platen.printer.connection.PrintData;
import io.platen.spooler.job.JobTicket;

/** The bytes of a job: its document, as often as there are copies. */
final class JobData {
    private final DocumentStore documents;

    JobData(DocumentStore documents) {
        this.documents = documents;
    }

    PrintData of(JobTicket ticket) {
        StoredDocument document = ticket.document();
        int copies = ticket.copies();
        return documents
                .takeFromMemory(document)
                // It stays there until the attempt ends, so that many copies must not count as one small document.
                .filter(bytes -> ticket.totalBytes() <= DocumentStore.KEPT_IN_MEMORY_BYTES)
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
