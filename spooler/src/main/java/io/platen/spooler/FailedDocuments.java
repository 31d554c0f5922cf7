package io.platen.spooler;

import io.platen.printer.diagnosis.EndedBy;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterEvent;
import io.platen.spooler.job.PrinterEvent.AttemptDelivered;
import io.platen.spooler.job.PrinterEvent.AttemptFailed;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.job.Verdict;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which documents have failed at which printers, for good: evidence for a printer that fails with the
 * same document. Bounded; the oldest are forgotten.
 */
final class FailedDocuments {
    private static final int KEPT = 10_000;

    /** Printers by SHA-256. */
    private final Map<String, Set<String>> printers = new LinkedHashMap<>();

    /** Whether this document has failed at another printer. */
    synchronized boolean failedElsewhere(String sha256, PrinterId here) {
        return printers.getOrDefault(sha256, Set.of()).stream().anyMatch(id -> !id.equals(here.value()));
    }

    /** What has happened in a queue; nothing, when it was just read from the journal. */
    void published(PrinterId id, QueueState state, List<PrinterEvent> events) {
        if (events.isEmpty()) {
            state.jobs().quarantined().forEach(job -> failed(id, job));
        }
        for (PrinterEvent event : events) {
            if (event instanceof AttemptFailed failed && speaksAgainstTheDocument(failed)) {
                state.jobs().find(failed.job()).ifPresent(job -> failed(id, job));
            } else if (event instanceof AttemptDelivered delivered) {
                state.jobs().find(delivered.job()).ifPresent(job -> delivered(id, job));
            }
        }
    }

    /** For good, and the printer itself ended it: a network that is down fails with every document. */
    private static boolean speaksAgainstTheDocument(AttemptFailed failed) {
        return failed.verdict() == Verdict.POISONED
                || (failed.verdict() == Verdict.UNWELL && failed.failure().endedBy() == EndedBy.PRINTER);
    }

    private synchronized void failed(PrinterId id, PrintJob job) {
        printers.computeIfAbsent(job.ticket().document().sha256(), sha256 -> new TreeSet<>())
                .add(id.value());
        if (printers.size() > KEPT) {
            Iterator<String> oldest = printers.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private synchronized void delivered(PrinterId id, PrintJob job) {
        String sha256 = job.ticket().document().sha256();
        Set<String> at = printers.get(sha256);
        if (at != null) {
            at.remove(id.value());
            if (at.isEmpty()) {
                printers.remove(sha256);
            }
        }
    }
}
