package io.platen.api.wire;

import io.platen.printer.diagnosis.Advice;
import io.platen.printer.diagnosis.ByteCounts;
import io.platen.printer.diagnosis.DeliveryFailure;
import io.platen.printer.diagnosis.LastWords;
import io.platen.printer.diagnosis.TcpEvidence;
import io.platen.spooler.job.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A failure as clients see it. */
public record FailureView(
        String cause,
        String phase,
        String endedBy,
        String confidence,
        @Nullable String errno,
        @Nullable Integer wsa,
        @Nullable String loftware,
        String message,
        @Nullable ByteCounts bytes,
        @Nullable LastWords lastWords,
        @Nullable TcpEvidence tcp,
        @Nullable String verdict,
        @Nullable String next,
        String advice,
        Instant at) {

    /** {@code verdict} is null for a problem of an attempt that was delivered all the same. */
    public static FailureView of(DeliveryFailure failure, @Nullable Verdict verdict) {
        var errno = failure.errno();
        return new FailureView(
                failure.cause().keyword(),
                failure.phase().keyword(),
                failure.endedBy().keyword(),
                failure.confidence().keyword(),
                errno == null ? null : errno.keyword(),
                failure.cause().wsa(errno),
                failure.cause().loftware(),
                failure.message(),
                failure.bytes().areUnknown() ? null : failure.bytes(),
                failure.lastWords(),
                failure.tcp(),
                verdict == null ? null : verdict.fault(failure.endedBy()),
                verdict == null ? null : verdict.next(),
                Advice.of(failure),
                failure.at());
    }
}
