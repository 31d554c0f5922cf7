package io.platen.bench.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Counts the labels in one connection's bytes: each {@code ^XZ} ends one. What it looks for may be split between two
 * buffers at any byte.
 */
final class LabelCounter {
    /** Looks for this word, which precedes the job's number. */
    private static final byte[] JOB = {'F', 'D', 'J', 'O', 'B', '='};

    private static final long CARETS = 0x5e5e_5e5e_5e5e_5e5eL;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** What the bytes so far may be the beginning of. Above AFTER_CARET: that many bytes of JOB have come. */
    private static final int NOTHING = -3;

    private static final int NUMBER = -2;
    private static final int AFTER_X = -1;
    private static final int AFTER_CARET = 0;

    private int state = NOTHING;
    private long number;
    private long job = -1;
    private int labels;

    /** Reads the buffer from its position to its limit; how many labels ended in it. */
    int read(ByteBuffer buffer, PrintedJobs jobs, long nanos) {
        labels = 0;
        int end = buffer.limit();
        for (int i = buffer.position(); i < end; i++) {
            if (state == NOTHING) {
                i = nextCaret(buffer, i, end);
                if (i == end) {
                    break;
                }
            }
            take(buffer.get(i), jobs, nanos);
        }
        buffer.position(end);
        return labels;
    }

    private void take(byte b, PrintedJobs jobs, long nanos) {
        if (state == NUMBER && b >= '0' && b <= '9') {
            number = number * 10 + (b - '0');
            return;
        }
        if (state == NUMBER) {
            job = number;
        }
        if (b == '^') {
            state = AFTER_CARET;
        } else if (state == AFTER_CARET && b == 'X') {
            state = AFTER_X;
        } else if (state == AFTER_X && b == 'Z') {
            labels++;
            jobs.printed(job, nanos);
            job = -1;
            state = NOTHING;
        } else if (state >= AFTER_CARET && b == JOB[state]) {
            state++;
            if (state == JOB.length) {
                state = NUMBER;
                number = 0;
            }
        } else {
            state = NOTHING;
        }
    }

    /** Eight bytes at a time: most bytes of a label are none of interest. */
    private static int nextCaret(ByteBuffer buffer, int from, int end) {
        boolean bigEndian = buffer.order() == ByteOrder.BIG_ENDIAN;
        int i = from;
        for (; i + 8 <= end; i += 8) {
            long difference = buffer.getLong(i) ^ CARETS;
            long zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                if (bigEndian) {
                    // A borrow may mark a byte before the first caret; looking at each byte decides.
                    break;
                }
                return i + Long.numberOfTrailingZeros(zeros) / 8;
            }
        }
        while (i < end && buffer.get(i) != '^') {
            i++;
        }
        return i;
    }
}
