package io.platen.api.security;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Lines that wait until they are written together. */
final class LaterLines {

    /** What became of a line. */
    enum Offered {
        /** It is the first that waits: somebody must take the lines before long. */
        FIRST,
        ADDED,
        /** Too many lines wait; this one does not. */
        FULL
    }

    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();

    LaterLines(int most) {
        this.most = most;
    }

    synchronized Offered offer(String line) {
        if (lines.size() >= most) {
            return Offered.FULL;
        }
        boolean isFirst = lines.isEmpty();
        lines.add(line);
        return isFirst ? Offered.FIRST : Offered.ADDED;
    }

    /** All lines, in the order in which they came. They wait no longer. */
    synchronized List<String> take() {
        List<String> all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    /** Lines that were taken, but could not be written. */
    synchronized void putBack(List<String> taken) {
        for (int last = taken.size() - 1; last >= 0; last--) {
            lines.addFirst(taken.get(last));
        }
    }
}
