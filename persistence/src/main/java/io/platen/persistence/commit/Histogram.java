package io.platen.persistence.commit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How values are distributed, by powers of two: recorded by one thread, read by any. */
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

    /** How many values there were. */
    public long count() {
        long count = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            count += counts.get(bucket);
        }
        return count;
    }

    /** All values together. */
    public long sum() {
        return sum.sum();
    }

    /** The mean, or 0 when there were none. */
    public double mean() {
        long count = count();
        return count == 0 ? 0 : (double) sum() / count;
    }

    /**
     * A bound that so many of the values don't exceed, up to twice what it could be; 0 when there were none.
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
