package io.platen.api.http.request;

import akka.NotUsed;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.util.ByteString;
import java.time.Duration;

/**
 * The limits of an upload. reference.conf explains each.
 *
 * @param maxBytes the largest print job
 * @param minBytesPerSecond the lowest rate of an upload
 * @param window how long the rate may be lower before the upload ends
 * @param longest how long an upload may take in total
 */
public record UploadLimits(long maxBytes, long minBytesPerSecond, Duration window, Duration longest) {

    /** Ends an upload that is too slow. */
    public Graph<FlowShape<ByteString, ByteString>, NotUsed> leastRate() {
        return new LeastRate(minBytesPerSecond, window, longest);
    }
}
