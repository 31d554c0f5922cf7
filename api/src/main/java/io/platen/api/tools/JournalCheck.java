package io.platen.api.tools;

import io.platen.api.server.ServerSettings;
import io.platen.persistence.StoreDamagedException;
import io.platen.persistence.document.DocumentArchive;
import io.platen.persistence.document.StoredDocument;
import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.journal.JournalStore.StreamInfo;
import io.platen.persistence.snapshot.SnapshotFiles.SnapshotEntry;
import io.platen.spooler.SpoolerSettings;
import io.platen.spooler.job.PrintJob;
import io.platen.spooler.job.PrinterId;
import io.platen.spooler.job.PrinterProfile;
import io.platen.spooler.job.QueueState;
import io.platen.spooler.queue.PrinterStreams;
import io.platen.spooler.snapshot.QueueSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a data directory: every checksum, every reference from a job to its print data, and the events against the
 * states in snapshots.
 */
public final class JournalCheck {
    private final ServerSettings settings;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long events;
    private long snapshots;
    private long documents;
    private long jobs;

    private JournalCheck(ServerSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * A defect.
     *
     * @param where the store: journal, snapshots or documents
     */
    public record Finding(String where, String what) {}

    /**
     * The result of a check.
     *
     * @param findings the defects
     * @param notes oddities that do no harm
     */
    public record CheckResult(
            List<Finding> findings,
            List<String> notes,
            long printers,
            long jobs,
            long events,
            long snapshots,
            long documents) {
        public boolean isSound() {
            return findings.isEmpty();
        }
    }

    /** Checks the data directory of these settings. A server may be running. */
    public static CheckResult run(ServerSettings settings, Progress progress) throws IOException {
        return new JournalCheck(settings, progress).run();
    }

    private CheckResult run() throws IOException {
        int printers = 0;
        try (RecordedHistory history = RecordedHistory.open(settings)) {
            checkJournal(history);
            checkSegments(history.documents());
            Map<StoredDocument, String> needed = new HashMap<>();
            for (Map.Entry<PrinterId, StreamInfo> printer : history.printers().entrySet()) {
                checkPrinter(history, printer.getKey(), printer.getValue(), needed);
                printers++;
            }
            for (String stream : history.snapshots().streams()) {
                if (history.journal().streams().stream()
                        .noneMatch(known -> known.persistenceId().equals(stream))) {
                    report(
                            "snapshots",
                            "There are snapshots of %s, but the journal has no events of it".formatted(stream));
                }
            }
            checkDocuments(history.documents(), needed);
        } catch (StoreDamagedException e) {
            report("journal", String.valueOf(e.getMessage()));
            JournalStore.damagedFiles(settings.dataDirectory().resolve("journal"))
                    .forEach(what -> report("journal", what));
        }
        return new CheckResult(List.copyOf(findings), List.copyOf(notes), printers, jobs, events, snapshots, documents);
    }

    private void checkJournal(RecordedHistory history) throws IOException {
        history.damagedFiles().forEach(what -> report("journal", what));
        try {
            history.journal()
                    .audit(seen -> {
                        events = seen;
                        progress.at("events", seen);
                    })
                    .forEach(what -> report("journal", what));
        } catch (StoreDamagedException e) {
            report("journal", String.valueOf(e.getMessage()));
        }
    }

    private void checkSegments(DocumentArchive archive) throws IOException {
        // Damage here is only a note: checkDocuments reads the documents that jobs need.
        notes.addAll(archive.visitSmall((id, content) -> {
            documents++;
            progress.at("documents", documents);
        }));
    }

    private void checkPrinter(
            RecordedHistory history, PrinterId printer, StreamInfo stream, Map<StoredDocument, String> needed)
            throws IOException {
        Map<Long, SnapshotEntry> bySequence = new HashMap<>();
        for (SnapshotEntry entry :
                history.snapshots().list(PrinterStreams.of(printer).id())) {
            if (entry.sequence() <= stream.highest()) {
                bySequence.put(entry.sequence(), entry);
            } else {
                report(
                        "snapshots",
                        "%s is of event %,d, but the journal ends at %,d: events are lost"
                                .formatted(entry.file().getFileName(), entry.sequence(), stream.highest()));
            }
        }
        var state = new QueueState[1];
        try {
            state[0] = history.stateBefore(printer, stream);
            history.events(printer, state[0].events() + 1, stream.highest(), recorded -> {
                if (recorded.sequence() == state[0].events() + 1) {
                    state[0] = state[0].after(recorded.event());
                    compare(history, state[0], bySequence.remove(recorded.sequence()));
                }
            });
        } catch (StoreDamagedException | UncheckedIOException e) {
            report("journal", String.valueOf(e.getMessage()));
            return;
        }
        if (state[0].events() != stream.highest()) {
            report(
                    "journal",
                    "%s: the state is that of event %,d, the last event is %,d"
                            .formatted(stream.persistenceId(), state[0].events(), stream.highest()));
        }
        // Older than the first event that is left: nothing to compare them with, but they must be readable.
        bySequence.values().forEach(entry -> compare(history, null, entry));
        try {
            addNeeded(printer, state[0], needed);
        } catch (UncheckedIOException e) {
            report("snapshots", "%s: %s".formatted(printer, e.getMessage()));
        }
    }

    private void compare(RecordedHistory history, @Nullable QueueState replayed, @Nullable SnapshotEntry entry) {
        if (entry == null) {
            return;
        }
        try {
            QueueState stored = history.state(entry);
            snapshots++;
            if (!QueueSnapshot.of(stored).agreesWith(QueueSnapshot.of(replayed == null ? stored : replayed))) {
                report("snapshots", "%s differs from what its events say".formatted(entry.file()));
            }
        } catch (IOException | RuntimeException e) {
            report("snapshots", String.valueOf(e.getMessage()));
        }
    }

    private void addNeeded(PrinterId printer, QueueState state, Map<StoredDocument, String> needed) {
        PrinterProfile profile = state.profile();
        if (profile == null) {
            return;
        }
        Duration keptFor = SpoolerSettings.of(settings.config()).retention().documentsKeptFor(profile);
        for (PrintJob job : state.jobs().all()) {
            jobs++;
            if (job.needsDocument(Instant.now(), keptFor)) {
                needed.put(job.ticket().document(), "job %d of %s".formatted(job.number(), printer));
            }
        }
    }

    private void checkDocuments(DocumentArchive archive, Map<StoredDocument, String> needed) throws IOException {
        long checked = 0;
        for (Map.Entry<StoredDocument, String> document : needed.entrySet()) {
            archive.damage(document.getKey())
                    .ifPresent(damage -> report("documents", "%s: %s".formatted(document.getValue(), damage)));
            checked++;
            progress.at("references", checked);
        }
        documents += archive.large().size();
    }

    private void report(String where, String what) {
        var finding = new Finding(where, what);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
