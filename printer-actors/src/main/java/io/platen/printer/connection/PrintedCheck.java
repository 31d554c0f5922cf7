package io.platen.printer.connection;

import io.platen.printer.language.DeviceStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a printer's answers whether the labels of a job are out.
 *
 * <p>The printer answers status queries in the order in which they reach it. So the answers to queries that stand in
 * the document itself come first, and say nothing about the end of it. Two answers that lie apart in time must agree:
 * between its receive buffer and its print batch a format is counted in neither, for a moment.
 */
final class PrintedCheck {

    /** What an answer means. */
    enum Answer {
        /** It belongs to a query in the document, or came unasked. */
        NOT_OURS,
        /** Nothing is left to be printed, twice. */
        PRINTED,
        /** Labels are left, fewer or more than at the last answer; or none is left, for the first time. */
        GOES_ON,
        /** As many labels are left as before, or the answer does not say. */
        NO_PROGRESS,
        /** The printer cannot print now: out of media, paused, open. */
        HELD_UP
    }

    /** Two answers that say "done" count when they are this far apart. */
    static final Duration APART = Duration.ofMillis(200);

    private final List<String> queries;
    private int owed;
    private int asked;
    private boolean answered;
    private @Nullable Long answeredAt;
    private @Nullable Long doneSince;
    private @Nullable Long left;

    /**
     * Begins when the whole document is with the printer.
     *
     * @param queries the language's status queries, the best first
     * @param owed answers that the document itself asked for
     */
    PrintedCheck(List<String> queries, int owed) {
        this.queries = queries;
        this.owed = owed;
    }

    /**
     * What to ask next. The second query is for printers that do not answer the first, and it ends the wait for
     * answers to the document's own queries, which no printer gives after it.
     */
    String nextQuestion() {
        boolean second = queries.size() > 1 && (owed > 0 || !answered) && asked % 2 == 1;
        asked++;
        answered = false;
        return queries.get(second ? 1 : 0);
    }

    /** One more question was asked before the document, and its answer has not come. */
    void owesOneMore() {
        owed++;
    }

    /** Whether no question was answered for so long. */
    boolean isUnansweredFor(Duration patience, long nowNanos) {
        return answeredAt == null || nowNanos - answeredAt >= patience.toNanos();
    }

    /** Takes a status of the printer, heard at that moment ({@link System#nanoTime}). */
    Answer heard(DeviceStatus status, long atNanos) {
        String query = status.answerTo();
        if (query == null || asked == 0) {
            return Answer.NOT_OURS;
        }
        boolean isFirstQuery = query.equals(queries.get(0));
        if (isFirstQuery && owed > 0) {
            owed--;
            return Answer.NOT_OURS;
        }
        if (!isFirstQuery) {
            owed = 0;
        }
        answered = true;
        answeredAt = atNanos;
        return judged(status, atNanos);
    }

    private Answer judged(DeviceStatus status, long atNanos) {
        if (status.isDone()) {
            if (doneSince != null && atNanos - doneSince >= APART.toNanos()) {
                return Answer.PRINTED;
            }
            boolean isFirst = doneSince == null;
            doneSince = isFirst ? (Long) atNanos : doneSince;
            return isFirst ? Answer.GOES_ON : Answer.NO_PROGRESS;
        }
        if (status.labelsLeft() != null) {
            doneSince = null;
        }
        if (!status.canPrint()) {
            return Answer.HELD_UP;
        }
        boolean moved = status.labelsLeft() != null && !status.labelsLeft().equals(left);
        left = status.labelsLeft() == null ? left : status.labelsLeft();
        return moved ? Answer.GOES_ON : Answer.NO_PROGRESS;
    }
}
