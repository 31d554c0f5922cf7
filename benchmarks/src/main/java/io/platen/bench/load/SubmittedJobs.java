package io.platen.bench.load;

/** Is told of each job just before it is sent. Called by the load generator's thread. */
@FunctionalInterface
public interface SubmittedJobs {

    /**
     * A job is about to be sent.
     *
     * @param job its number
     * @param dueNanos when it was due, as {@link System#nanoTime()}
     */
    void submitted(long job, long dueNanos);
}
