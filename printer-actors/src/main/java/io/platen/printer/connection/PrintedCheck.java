package io.platen.printer.connection;

import io.platen.printer.language.DeviceStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a printer's answers whether the labels of a job are printed.
 *
 * <p>The printer answers status queries in the order in which they reach it. So the answers to queries inside the document
 * come first, and say nothing about its end. Two answers that are some time apart must agree: while a format moves from
 * the receive buffer to the print batch, the printer counts it in neither for a moment.
 */
final class PrintedCheck {

    /** What an answer means. */
    enum Answer {
        /** It belongs to a query in the document, or came unasked. */
        NOT_OURS,
        /** Two answers, some time apart, say that nothing is left to print. */
        PRINTED,
        /** The number of labels left has changed since the last answer, or it is zero for the first time. */
        GOES_ON,
        /** The number of labels left has not changed, or the answer does not say it. */
        NO_PROGRESS,
        /** The printer cannot print now: it is out of media, paused or open. */
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
     * @param queries the language's status queries, the best first
     * @param owed how many answers queries in the document itself will cause
     */
    PrintedCheck(List<String> queries, int owed) {
        this.queries = queries;
        this.owed = owed;
    }

    /**
     * The next query to send. The second query is for printers that do not answer the first. Its answer also shows that no
     * more answers to the document's own queries will come.
     */
    String nextQuestion() {
        boolean second = queries.size() > 1 && (owed > 0 || !answered) && asked % 2 == 1;
        asked++;
        answered = false;
        return queries.get(second ? 1 : 0);
    }

    /** One more query was sent before the document, and its answer has not come. */
    void owesOneMore() {
        owed++;
    }

    /** Whether the printer has answered no query for this long. */
    boolean isUnansweredFor(Duration patience, long nowNanos) {
        return answeredAt == null || nowNanos - answeredAt >= patience.toNanos();
    }

    /** Takes a status that the printer sent at this moment, by {@link System#nanoTime}. */
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
