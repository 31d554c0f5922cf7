package io.platen.printer.diagnosis;

import io.platen.printer.diagnosis.TranscriptEntry.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ordered, timed record of one attempt, in the spirit of a packet capture.
 *
 * <p>It keeps the first 48 and the last 48 entries, and a note of how many were dropped between them.
 */
public final class Transcript {
    private static final int KEEP = 48;

    private final LongSupplier nanoClock;
    private final long start;
    private final List<TranscriptEntry> first = new ArrayList<>();
    private final Deque<TranscriptEntry> last = new ArrayDeque<>();
    private int dropped;

    /** Starts the record now, by the given clock ({@code System::nanoTime}). */
    public Transcript(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    /** Notes something without bytes. */
    public void note(Side side, String event, @Nullable String note) {
        add(new TranscriptEntry(now(), side, event, null, note));
    }

    /** Notes bytes that moved. */
    public void bytes(Side side, String event, long bytes, @Nullable String note) {
        add(new TranscriptEntry(now(), side, event, bytes, note));
    }

    /** What was noted so far, oldest first. */
    public List<TranscriptEntry> entries() {
        var all = new ArrayList<>(first);
        if (dropped > 0) {
            all.add(new TranscriptEntry(
                    last.getFirst().at(), Side.US, "omitted", null, dropped + " entries are not kept"));
        }
        all.addAll(last);
        return List.copyOf(all);
    }

    private void add(TranscriptEntry entry) {
        if (first.size() < KEEP) {
            first.add(entry);
            return;
        }
        last.addLast(entry);
        if (last.size() > KEEP) {
            last.removeFirst();
            dropped++;
        }
    }

    private String now() {
        return String.format(Locale.ROOT, "+%.6fs", (nanoClock.getAsLong() - start) / 1e9);
    }
}
