package io.platen.bench.cases;

import io.platen.bench.load.SubmittedJobs;
import io.platen.bench.sink.PrintedJobs;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long jobs take from when they were due to the last byte at the printer. */
final class PrintTimes implements SubmittedJobs, PrintedJobs {
    /** More jobs than this are never between the two. */
    private static final int WINDOW = 1 << 20;

    private final AtomicLongArray due = new AtomicLongArray(WINDOW);
    private final Recorder nanos = new Recorder(3);

    @Override
    public void submitted(long job, long dueNanos) {
        due.setRelease((int) (job % WINDOW), dueNanos);
    }

    @Override
    public void printed(long job, long now) {
        if (job >= 0) {
            nanos.recordValue(Math.max(0, now - due.getAcquire((int) (job % WINDOW))));
        }
    }

    /** Since the last call. */
    Histogram take() {
        return nanos.getIntervalHistogram();
    }
}
