package io.platen.bench.sink;

/** Is told of each label that has arrived whole. Called by the thread of the printers' ends, so it must be quick. */
@FunctionalInterface
public interface PrintedJobs {

    /**
     * A label has ended.
     *
     * @param job the number behind {@code ^FDJOB=} in the label, or -1 if it has none
     * @param nanos when its last byte was read, as {@link System#nanoTime()}
     */
    void printed(long job, long nanos);
}
