package io.platen.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What came of some submissions.
 *
 * @param accepted answers that accept a job
 * @param refused other answers
 * @param lost connections that ended before their answer
 * @param seconds from the first request to the last answer
 * @param nanos from when each job was due to its answer
 * @param ownSeconds the generator's processor time
 */
public record Load(long accepted, long refused, long lost, double seconds, Histogram nanos, double ownSeconds) {

    public double perSecond() {
        return accepted / seconds;
    }

    /** The latency in milliseconds below which this share of the answers came. */
    public double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
