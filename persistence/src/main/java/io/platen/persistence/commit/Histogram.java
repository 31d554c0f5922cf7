package io.platen.persistence.commit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The distribution of values, in buckets that are powers of two. One thread records, any may read. */
public final class Histogram {
    private static final int BUCKETS = Long.SIZE;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder sum = new LongAdder();

    void record(long value) {
        counts.incrementAndGet(bucket(value));
        sum.add(value);
    }

    private static int bucket(long value) {
        return value <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(value - 1);
    }

    public long count() {
        long count = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            count += counts.get(bucket);
        }
        return count;
    }

    public long sum() {
        return sum.sum();
    }

    /** The mean, or 0 when there were none. */
    public double mean() {
        long count = count();
        return count == 0 ? 0 : (double) sum() / count;
    }

    /**
     * An upper bound of this share of the values, at most twice the exact quantile; 0 without values.
     *
     * @param share 0 to 1
     */
    public long quantile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS && wanted > 0; bucket++) {
            seen += counts.get(bucket);
            if (seen >= wanted) {
                return 1L << Math.min(bucket, Long.SIZE - 2);
            }
        }
        return 0;
    }
}
