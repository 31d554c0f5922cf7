package io.platen.persistence.commit;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a store's writer has done since it was opened. Safe to read from any thread. */
public final class CommitMetrics {
    private final Histogram groupSize = new Histogram();
    private final Histogram commitNanos = new Histogram();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failures = new LongAdder();

    void committed(int size, long groupBytes, long nanos) {
        groupSize.record(size);
        commitNanos.record(nanos);
        bytes.add(groupBytes);
    }

    void refused() {
        refused.increment();
    }

    void failed() {
        failures.increment();
    }

    /** Writes per group. */
    public Histogram groupSize() {
        return groupSize;
    }

    /** Time for a group to become durable, in nanoseconds. */
    public Histogram commitNanos() {
        return commitNanos;
    }

    /** Bytes made durable. */
    public long bytes() {
        return bytes.sum();
    }

    /** Writes refused because too many waited. */
    public long refusals() {
        return refused.sum();
    }

    /** Groups that could not be made durable. */
    public long failures() {
        return failures.sum();
    }
}
