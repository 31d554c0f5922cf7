package io.platen.persistence.journal.tools;

import io.platen.persistence.journal.JournalStore;
import io.platen.persistence.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.List;

/** Deletes events that are no longer needed, and gives their space back. */
public final class JournalRetention {
    private static final int SNAPSHOTS_KEPT = 2;

    private final JournalStore journal;
    private final SnapshotFiles snapshots;

    public JournalRetention(JournalStore journal, SnapshotFiles snapshots) {
        this.journal = journal;
        this.snapshots = snapshots;
    }

    /**
     * Deletes a stream's events before a sequence number, as far as the second newest snapshot covers them: then nothing is
     * lost when the newest snapshot is damaged. Also deletes the snapshots before these two. Blocks.
     *
     * @return how many events were deleted
     */
    public long deleteBefore(String persistenceId, long sequence) throws IOException {
        List<SnapshotFiles.SnapshotEntry> newestFirst = snapshots.list(persistenceId);
        if (newestFirst.size() < SNAPSHOTS_KEPT) {
            return 0;
        }
        SnapshotFiles.SnapshotEntry fallback = newestFirst.get(SNAPSHOTS_KEPT - 1);
        long before = journal.deletedTo(persistenceId);
        long to = Math.min(sequence - 1, fallback.sequence());
        if (to > before) {
            // Throws when the snapshot is damaged. Then nothing is deleted until two newer snapshots exist.
            SnapshotFiles.read(fallback);
            journal.deleteTo(persistenceId, to);
        }
        for (SnapshotFiles.SnapshotEntry old : newestFirst.subList(SNAPSHOTS_KEPT, newestFirst.size())) {
            SnapshotFiles.delete(old);
        }
        return Math.max(0, to - before);
    }

    /** Gives the space of deleted events back. Blocks, for up to seconds per gigabyte. */
    public void giveSpaceBack() throws IOException {
        journal.compact();
    }
}
