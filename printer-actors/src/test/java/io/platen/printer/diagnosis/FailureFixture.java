package io.platen.printer.diagnosis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failed attempt of which a test says only what matters to it. */
record FailureFixture(
        Cause cause,
        EndedBy endedBy,
        ByteCounts bytes,
        @Nullable TcpEvidence tcp,
        @Nullable Boolean refused,
        @Nullable Boolean preceded) {

    static FailureFixture of(Cause cause) {
        return new FailureFixture(cause, EndedBy.PRINTER, new ByteCounts(1000, 400L, 1000), null, null, null);
    }

    FailureFixture endedBy(EndedBy who) {
        return new FailureFixture(cause, who, bytes, tcp, refused, preceded);
    }

    FailureFixture bytes(long written, @Nullable Long acknowledged) {
        return new FailureFixture(cause, endedBy, new ByteCounts(written, acknowledged, 1000), tcp, refused, preceded);
    }

    FailureFixture retransmits(@Nullable Long count) {
        var seen = new TcpEvidence("ESTABLISHED", null, count, null, null, null, null);
        return new FailureFixture(cause, endedBy, bytes, seen, refused, preceded);
    }

    FailureFixture refused(@Nullable Boolean inWords) {
        return new FailureFixture(cause, endedBy, bytes, tcp, inWords, preceded);
    }

    FailureFixture preceded(@Nullable Boolean byACancel) {
        return new FailureFixture(cause, endedBy, bytes, tcp, refused, byACancel);
    }

    DeliveryFailure build() {
        return new DeliveryFailure(
                cause,
                endedBy,
                Confidence.LIKELY,
                null,
                "why",
                bytes,
                null,
                tcp,
                Instant.EPOCH,
                List.of(),
                refused,
                preceded);
    }
}
