package io.platen.bench.load;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How a system is given jobs: requests of HTTP/1.1, one for each printer, and which answers accept a job.
 *
 * @param jobs one for each printer; they are used in turn
 */
public record Protocol(InetSocketAddress address, List<Job> jobs, Acceptance acceptance) {

    /** Whether an answer accepts the job. */
    @FunctionalInterface
    public interface Acceptance {

        /**
         * Looks at one answer.
         *
         * @param status HTTP's
         * @param bodyStart the first four bytes of the body, big endian
         */
        boolean accepts(int status, int bodyStart);
    }
}
