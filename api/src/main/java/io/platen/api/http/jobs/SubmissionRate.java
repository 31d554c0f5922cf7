package io.platen.api.http.jobs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** A token bucket for each caller: it limits submissions per second, and submissions at once after a pause. */
final class SubmissionRate {
    private static final double SECOND = 1e9;
    private static final int CALLERS_REMEMBERED = 10_000;

    private final int perSecond;
    private final int burst;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    SubmissionRate(int perSecond, int burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /** Takes one submission from the caller's bucket; false if the bucket is empty. */
    boolean allows(String caller) {
        if (buckets.size() > CALLERS_REMEMBERED) {
            buckets.values().removeIf(Bucket::isFull);
        }
        return buckets.computeIfAbsent(caller, key -> new Bucket()).take();
    }

    private final class Bucket {
        private double left = burst;
        private long at = nanoTime.getAsLong();

        synchronized boolean take() {
            fill();
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }

        synchronized boolean isFull() {
            fill();
            return left >= burst;
        }

        private void fill() {
            long now = nanoTime.getAsLong();
            left = Math.min(burst, left + (now - at) * (perSecond / SECOND));
            at = now;
        }
    }
}
