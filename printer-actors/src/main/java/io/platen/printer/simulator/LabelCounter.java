package io.platen.printer.simulator;

/** Counts ZPL labels and status queries in a byte stream, wherever its chunks are cut. */
final class LabelCounter {
    private static final byte[] END = {'^', 'X', 'Z'};
    private static final byte[] HOST_STATUS = {'~', 'H', 'S'};

    private int atEnd;
    private int atQuery;
    private long labels;

    /** Takes the next bytes and returns how many status queries ({@code ~HS}) they completed. */
    int take(byte[] bytes, int length) {
        int queries = 0;
        for (int i = 0; i < length; i++) {
            atEnd = step(END, atEnd, bytes[i]);
            if (atEnd == END.length) {
                labels++;
                atEnd = 0;
            }
            atQuery = step(HOST_STATUS, atQuery, bytes[i]);
            if (atQuery == HOST_STATUS.length) {
                queries++;
                atQuery = 0;
            }
        }
        return queries;
    }

    /** Labels that were complete ({@code ^XZ}) so far. */
    long labels() {
        return labels;
    }

    private static int step(byte[] wanted, int at, byte next) {
        if (wanted[at] == next) {
            return at + 1;
        }
        return wanted[0] == next ? 1 : 0;
    }
}
