package io.platen.api.http.request;

import akka.NotUsed;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.util.ByteString;
import java.time.Duration;

/**
 * What an upload may be; reference.conf explains each.
 *
 * @param maxBytes the largest print job taken
 * @param minBytesPerSecond slower uploads are ended
 * @param window over so long the rate is looked at
 * @param longest how long an upload may take in all
 */
public record UploadLimits(long maxBytes, long minBytesPerSecond, Duration window, Duration longest) {

    /** Ends one upload that is too slow. */
    public Graph<FlowShape<ByteString, ByteString>, NotUsed> leastRate() {
        return new LeastRate(minBytesPerSecond, window, longest);
    }
}
